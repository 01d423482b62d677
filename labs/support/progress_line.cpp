#include "support/progress_line.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace {

// The program at the other end prints our lines when it likes, perhaps on the terminal that progress is on.
bool is_pipe(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

ProgressLine::ProgressLine() : on_terminal_(isatty(STDERR_FILENO) == 1 && !is_pipe(STDOUT_FILENO)) {}

void ProgressLine::show(const std::string& text) const {
    if (!on_terminal_) return;
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

// To the line's beginning, and nothing on it any more.
void ProgressLine::hide() const {
    if (on_terminal_) std::fputs("\r\x1b[K", stderr);
}
