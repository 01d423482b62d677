// Makes a fast machine slow, for one piece of work.
#pragma once

// Processor time that the calling thread has used so far.
double processor_seconds();

// Keeps the calling thread, and a core, busy for so much processor time.
void burn(double seconds);

// Does the work, and burns as much again as it takes to have cost `factor` times the processor time. By
// the thread's own clock: whoever else runs on the machine, or waits, does not count.
template <class Work>
auto slowed(double factor, const Work& work) {
    const double begin = processor_seconds();
    auto result = work();
    burn((factor - 1) * (processor_seconds() - begin));
    return result;
}
