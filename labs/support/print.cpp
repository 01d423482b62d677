#include "support/print.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace {

// False, and errno, where the text could not be written to its end.
bool write_whole(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd room{descriptor, POLLOUT, 0};  // somebody made it non-blocking: wait for room
            poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

}  // namespace

namespace print_detail {

void append(std::string& line, double part) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%g", part);
    line += digits;
}

void write_stdout(std::string_view text) {
    if (write_whole(STDOUT_FILENO, text)) return;
    write_stderr(line_of("cannot write to stdout: ", std::strerror(errno)));
    _exit(1);  // at once: any thread may be here, and no later line could be written either
}

void write_stderr(std::string_view text) {
    write_whole(STDERR_FILENO, text);  // where this fails there is nowhere left to say so
}

}  // namespace print_detail
