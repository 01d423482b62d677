#include "support/print.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "support/write_all.hpp"

namespace print_detail {

void append(std::string& line, double part) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%g", part);
    line += digits;
}

void write_stdout(std::string_view text) {
    if (write_all(STDOUT_FILENO, text)) return;
    write_stderr(line_of("cannot write to stdout: ", std::strerror(errno)));
    _exit(1);  // at once: any thread may be here, and no later line could be written either
}

void write_stderr(std::string_view text) {
    write_all(STDERR_FILENO, text);  // where this fails there is nowhere left to say so
}

}  // namespace print_detail
