// Timers that a program sets and then waits for: timerfd, alarm, setitimer. They are never armed in
// the kernel. Whoever is blocked on one counts as asleep; letting it go makes the timer expire.
// (Timers of timer_create stay the kernel's.)
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <list>
#include <optional>
#include <vector>

#include "grader/tasks.hpp"
#include "grader/timed_call.hpp"

struct Timer {
    pid_t process = 0;
    int descriptor = -1;     // of a timerfd; -1: it sends SIGALRM
    Nanoseconds due{};       // by the age of the thread that set it
    Nanoseconds interval{};  // 0: it expires once
    bool told = false;       // that somebody sleeps on it
};

class Timers {
  public:
    // What the caller is told; none where the call is not one of ours, and the kernel's to do.
    // `age`: what the calling thread has slept so far.
    std::optional<long> set(pid_t process, pid_t thread, const seccomp_data& data, Nanoseconds age,
                            const ClockOf& clock);

    struct Sleeper {
        Timer* timer;
        pid_t thread;
    };
    // Who is blocked on which timer, in the order in which the timers were set.
    std::vector<Sleeper> sleepers(const std::vector<Task>& tasks);

    // False where the program has closed it meanwhile.
    bool expire(Timer& timer);

  private:
    void forget(pid_t process, int descriptor);
    std::list<Timer> timers_;  // a Sleeper points into it
};
