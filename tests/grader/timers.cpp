#include "grader/timers.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "grader/descriptor_copy.hpp"

namespace {

using std::chrono::seconds;

Nanoseconds duration(const timespec& value) {
    return seconds(value.tv_sec) + Nanoseconds(value.tv_nsec);
}

Nanoseconds duration(const timeval& value) {
    return seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
}

// The clock that a timerfd was made for.
clockid_t clock_of(pid_t process, int descriptor) {
    std::ifstream info("/proc/" + std::to_string(process) + "/fdinfo/" + std::to_string(descriptor));
    for (std::string key; info >> key;) {
        clockid_t id = CLOCK_MONOTONIC;
        if (key == "clockid:" && info >> id) return id;
    }
    return CLOCK_MONOTONIC;
}

bool waits_on(const Task& task, const Timer& timer) {
    if (task.process != timer.process || !task.blocked()) return false;
    if (timer.descriptor < 0) {
#ifdef __x86_64__
        if (task.call == SYS_pause) return true;
#endif
        return task.call == SYS_rt_sigsuspend || task.call == SYS_rt_sigtimedwait || task.call == SYS_ppoll;
    }
    if (task.call == SYS_read) return static_cast<int>(task.argument[0]) == timer.descriptor;
    return waits_for_descriptor(task.thread, call_of(task), timer.descriptor);
}

}  // namespace

std::optional<long> Timers::set(pid_t process, pid_t thread, const seccomp_data& data, Nanoseconds age,
                                const ClockOf& clock) {
    Timer timer;
    timer.process = process;
    Nanoseconds until{};
    if (data.nr == SYS_timerfd_settime) {
        itimerspec value{};
        if (!read_memory(thread, data.args[2], &value, sizeof value)) return std::nullopt;
        timer.descriptor = static_cast<int>(data.args[0]);
        timer.interval = duration(value.it_interval);
        until = duration(value.it_value);
        if (until != Nanoseconds::zero() && (data.args[1] & TFD_TIMER_ABSTIME) != 0)
            until = std::max(until - clock(clock_of(process, timer.descriptor)), Nanoseconds(1));
    } else if (data.nr == SYS_setitimer && data.args[0] == ITIMER_REAL) {
        itimerval value{};
        if (!read_memory(thread, data.args[1], &value, sizeof value)) return std::nullopt;
        timer.interval = duration(value.it_interval);
        until = duration(value.it_value);
#ifdef __x86_64__
    } else if (data.nr == SYS_alarm) {
        until = seconds(data.args[0]);
#endif
    } else {
        return std::nullopt;
    }
    forget(process, timer.descriptor);
    timer.due = age + until;
    if (until != Nanoseconds::zero()) timers_.push_back(timer);
    return 0;
}

std::vector<Timers::Sleeper> Timers::sleepers(const std::vector<Task>& tasks) {
    std::vector<Sleeper> found;
    for (Timer& timer : timers_) {
        const auto task = std::find_if(tasks.begin(), tasks.end(), [&](const Task& task) { return waits_on(task, timer); });
        if (task != tasks.end()) found.push_back({&timer, task->thread});
    }
    return found;
}

bool Timers::expire(Timer& timer) {
    bool done = false;
    if (timer.descriptor < 0) {
        done = kill(timer.process, SIGALRM) == 0;
    } else {
        const Descriptor copy = copy_of(timer.process, timer.descriptor);
        const itimerspec at_once{{0, 0}, {0, 1}};
        done = copy.is_open() && timerfd_settime(copy.number(), 0, &at_once, nullptr) == 0;
    }
    if (done && timer.interval != Nanoseconds::zero()) {
        timer.due += timer.interval;
        timer.told = false;
    } else {
        forget(timer.process, timer.descriptor);
    }
    return done;
}

void Timers::forget(pid_t process, int descriptor) {
    timers_.remove_if([&](const Timer& timer) { return timer.process == process && timer.descriptor == descriptor; });
}
