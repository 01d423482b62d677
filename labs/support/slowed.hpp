// Makes a fast machine slow, for one piece of work.
#pragma once

// Processor time that the calling thread has used so far.
double processor_seconds();

// Keeps the calling thread, and a core, busy for that much processor time.
void burn(double seconds);

// Does the work, and burns processor time until all of it has cost `factor` times what the work did. By
// the thread's own clock: what other threads use, and what this one waits, does not count.
template <class Work>
auto slowed(double factor, const Work& work) {
    const double begin = processor_seconds();
    auto result = work();
    burn((factor - 1) * (processor_seconds() - begin));
    return result;
}
