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

// Clocks that count processor time stay the kernel's, but where they are asked for: a program that burns
// it looks at them all the time.
std::vector<sock_filter> stage_filter(bool processor_clocks);
