// Makes a process of the program under test do what it did not say itself: end, or close a descriptor.
#pragma once

#include <sys/types.h>

#include "grader/proc/tasks.hpp"

// `thread` is blocked in a system call, on the stage; its whole process exits with `status`.
// False where the system does not let us (it is no descendant of ours, or has just ended).
bool make_exit(pid_t thread, int status);

// `task` is blocked in a system call; its process closes the descriptor, and then makes its call again.
// False where that is not so, or the system does not let us.
bool make_close(const Task& task, int descriptor);

// `thread` is blocked in a system call of its own, not on the stage; the call ends and returns `result`, or what it had
// done so far where it had done a part. False as above.
bool make_return(pid_t thread, long result);

// `thread` is blocked in the system call `number`, on the stage; it makes the call again with another value as its
// argument in that place, from 0. False as above.
bool make_call_again(pid_t thread, long number, int place, unsigned long value);
