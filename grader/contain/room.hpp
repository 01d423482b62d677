// Is there room for a grading? Tried out, for the kernel alone knows what counts against a limit: the user's other
// processes, a container's, the whole machine's.
#pragma once

#include <cstddef>
#include <string>

// "" where so many threads can be started at once, beside all that run now; else how many can, and the remedy.
// They end at once. Safe from any thread; one at a time.
std::string lacks_tasks(int wanted);

// "" where so many files may be open at once; else how many may, and the remedy.
std::string lacks_files(std::size_t wanted);

// How many of `wanted` workers a program can have here at the same time, each a process or a thread with so many open
// files: as many as are wanted, or what the limits grant. At least 1.
std::size_t at_once(std::size_t wanted, std::size_t files_each = 2);

// How many processes the kernel has killed since it started because memory ran out, here or anywhere on the machine.
// 0 where it does not say.
unsigned long killed_for_memory();
