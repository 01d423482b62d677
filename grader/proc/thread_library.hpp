// Threads that are made by a library for itself, and joined by nobody but it: those of OpenMP and oneTBB.
#pragma once

#include <sys/types.h>

#include <string>

// Of a thread that is about to make another one, and stands still in that call: "OpenMP" or "oneTBB", where such a
// library called it; "" where the program did by itself, or nothing can be seen.
std::string library_that_calls(pid_t process, pid_t thread);

// The one that the process has loaded: "" where it has none.
std::string thread_library_of(pid_t process);
