// Makes a process of the program under test end as if it had said so itself.
#pragma once

#include <sys/types.h>

// `thread` is blocked in a system call, on the stage; its whole process exits with `status`.
// False where the system does not let us (it is no descendant of ours, or has just ended).
bool make_exit(pid_t thread, int status);
