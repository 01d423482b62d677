// Result lines for stdout and remarks for stderr, each written whole and at once.
//
// The line is put together in memory and handed to the system in one write.
// Nothing waits in a buffer, whether stdout is a terminal, a file or a pipe, and
// no line is cut by another: not by another thread's, nor by another process's.
// (Through a pipe shared by processes that holds for lines of up to PIPE_BUF
// bytes: 4,096 on Linux.)
//
// Thread-safe, and without a lock: printing never makes one thread wait for
// another, nor does it hide a data race of yours from ThreadSanitizer.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace print_detail {

inline void append(std::string& line, std::string_view part) {
    line += part;
}
inline void append(std::string& line, char part) {
    line += part;
}
void append(std::string& line, double part);

template <std::integral Integer>
void append(std::string& line, Integer part) {
    line += std::to_string(part);
}

template <class... Parts>
std::string line_of(const Parts&... parts) {
    std::string line;
    (append(line, parts), ...);
    line += '\n';
    return line;
}

void write_stdout(std::string_view text);
void write_stderr(std::string_view text);

}  // namespace print_detail

// Prints the parts, one after the other, and a newline: print_line("worker ", 1, ": ok").
// Where stdout cannot be written to, the program says so and ends with status 1.
template <class... Parts>
void print_line(const Parts&... parts) {
    print_detail::write_stdout(print_detail::line_of(parts...));
}

// The same for stderr, where everything goes that is not a result.
template <class... Parts>
void print_error(const Parts&... parts) {
    print_detail::write_stderr(print_detail::line_of(parts...));
}
