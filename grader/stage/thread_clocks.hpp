// The clocks that a program sees while its sleeps are held: each thread has one of its own, which stands still but for
// what the thread slept; or all have one, which moves by Stage::pass alone.
//
// Not thread-safe: a criterion's process has one thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <ctime>
#include <map>

class ThreadClocks {
  public:
    using Nanoseconds = std::chrono::nanoseconds;

    // What a thread has slept so far, to be read and changed. One that is not known yet is asked for in /proc: it is
    // born at the age of its process, and a process at the age of its parent.
    Nanoseconds& slept(pid_t thread);

    // Of a thread that `slept` knows; 0 of any other.
    pid_t process_of(pid_t thread) const;

    // The thread ends, and the kernel may give its number to another one.
    void forget(pid_t thread) { ages_.erase(thread); }

    // What a clock of clock_gettime(2) shows when so much has passed since it was first looked at.
    Nanoseconds show(clockid_t clock, Nanoseconds passed);

  private:
    struct Age {
        pid_t process;
        Nanoseconds slept;
    };
    std::map<pid_t, Age> ages_;                   // by thread
    std::map<clockid_t, Nanoseconds> beginning_;  // what each clock showed at first
};

// Shows a thread that looked at a clock this time, as a timespec in its memory. What its call returns: 0, or a negative
// errno.
long write_timespec(pid_t thread, unsigned long address, std::chrono::nanoseconds time);
