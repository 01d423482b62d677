// How a child process ended, as waitpid and wait tell it.
#pragma once

#include <sys/wait.h>

#include <cstring>
#include <string>

#include "support/print.hpp"

// True where a child ended by itself with status 0. Otherwise says on stderr
// who ended badly, and why: `who` is how its lines begin, "Process Alice".
inline bool ended_well(const std::string& who, int status) {
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        print_error(who, " was killed by signal ", number, ": ", strsignal(number));
        return false;
    }
    if (WEXITSTATUS(status) != 0) {
        print_error(who, " ended with status ", WEXITSTATUS(status));
        return false;
    }
    return true;
}
