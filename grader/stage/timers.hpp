// Timers that a program sets and then waits for: timerfd, alarm, setitimer, timer_create. They are never armed in
// the kernel. A thread that is blocked on one counts as asleep; letting it go makes the timer expire.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "grader/proc/tasks.hpp"
#include "grader/stage/timed_call.hpp"
#include "support/descriptor.hpp"

struct Timer {
    enum class Kind { descriptor, alarm, posix };
    Kind kind{};
    int number = 0;  // the descriptor of a timerfd, the number of a timer of timer_create
    pid_t process = 0;
    pid_t thread = 0;         // that set it
    int signal = 0;           // that it sends; 0 for a timerfd
    pid_t to_thread = 0;      // which that goes to; 0: the process
    unsigned long value = 0;  // that comes with the signal
    Nanoseconds due{};        // by the age of the thread that set it
    Nanoseconds interval{};   // 0: it expires once
    bool told = false;        // that somebody sleeps on it
};

class Timers {
  public:
    // A timerfd of the program has this number: `timer` is a copy of it, by which it expires.
    void keep(pid_t process, int number, Descriptor timer);

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
    bool send_signal(const Timer& timer) const;
    bool expire_descriptor(const Timer& timer) const;
    void forget(pid_t process, Timer::Kind kind, int number);

    std::list<Timer> timers_;                                  // a Sleeper points into it
    std::map<std::pair<pid_t, int>, Descriptor> descriptors_;  // by process and number
};
