// Which system calls of the program under test are put before the grader: every
// call that can end by time, that reads the time, that starts or ends a thread
// or a process, that waits for one, that writes, or that gives a file its name.
//
// The filter is inherited by every thread and child and survives exec, and the
// program can neither remove it nor answer its own calls: what the grader
// learns through it does not rest on the program's good will. See seccomp(2),
// SECCOMP_RET_USER_NOTIF.
#pragma once

#include <linux/filter.h>

#include <vector>

// What only few want to see, since programs do it all the time.
struct AlsoBefore {
    bool processor_clocks = false;  // clocks that count processor time: a program that burns it looks at them
    bool sends = false;             // what is sent over sockets
};
std::vector<sock_filter> stage_filter(AlsoBefore also);
