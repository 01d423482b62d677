// What a child process of the tests prints, on a terminal and elsewhere.
#pragma once

#include <functional>
#include <string>

struct Shown {
    int exit_code = -1;
    std::string lines, terminal;  // stdout, and stderr
};

// By a child process whose stdout is a file, and whose stderr a terminal or the same file. It ends with what the
// function returns.
Shown shown_by(const std::function<int()>& report, bool on_terminal);
