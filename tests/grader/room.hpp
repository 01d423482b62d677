// Is there room for a grading? Tried out, for the kernel alone knows what counts against a limit: the user's other
// processes, a container's, the whole machine's.
#pragma once

#include <string>

// "" where so many threads can be started at once, beside all that run now; else how many can, and the remedy.
// They end at once. Safe from any thread; one at a time.
std::string lacks_tasks(int wanted);

// How many processes the kernel has killed since it started because memory ran out, here or anywhere on the machine.
// 0 where it does not say.
unsigned long killed_for_memory();
