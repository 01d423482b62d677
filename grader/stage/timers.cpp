#include "grader/stage/timers.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

#include "grader/proc/memory.hpp"
#include "grader/proc/program_descriptor.hpp"

namespace {

using std::chrono::seconds;

constexpr int notifies_a_thread = 32;  // the signal by which glibc's SIGEV_THREAD hears of its timers

Nanoseconds duration(const timespec& value) {
    return seconds(value.tv_sec) + Nanoseconds(value.tv_nsec);
}

Nanoseconds duration(const timeval& value) {
    return seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
}

// The clock that a timerfd was made for.
clockid_t clock_of(pid_t process, int descriptor) {
    const std::string id = shown_of(process, descriptor, "clockid");
    return id.empty() ? CLOCK_MONOTONIC : std::stoi(id);
}

// A timer of timer_create, as proc(5) shows it: four lines each.
//   ID: 1
//   signal: 10/0000000000000000
//   notify: signal/pid.4711       (or tid; none/pid where nobody is told)
//   ClockID: 1
struct PosixTimer {
    int signal = 0;
    unsigned long value = 0;
    pid_t to_thread = 0;
    clockid_t clock = CLOCK_MONOTONIC;
};

// None where the program has no such timer.
std::optional<PosixTimer> posix_timer(pid_t process, int number) {
    std::ifstream lines("/proc/" + std::to_string(process) + "/timers");
    if (!lines)
        throw std::runtime_error(
            "the program sleeps by timer_create, and this kernel does not show such timers in "
            "/proc/PID/timers (CONFIG_CHECKPOINT_RESTORE): grade on another kernel");
    PosixTimer timer;
    int id = -1;
    for (std::string key; lines >> key;) {
        char slash = 0;
        std::string how;
        if (key == "ID:") lines >> id;
        else if (key == "signal:") lines >> timer.signal >> slash >> std::hex >> timer.value >> std::dec;
        else if (key == "notify:") {
            lines >> how;
            const bool to_thread = how.rfind("signal/tid.", 0) == 0;
            timer.to_thread = to_thread ? std::stoi(how.substr(how.find('.') + 1)) : 0;
            if (how.rfind("none", 0) == 0) timer.signal = 0;
        } else if (key == "ClockID:") {
            lines >> timer.clock;
            if (id == number) return timer;
        }
    }
    return std::nullopt;
}

unsigned long bit_of(int signal) {
    return 1ul << (signal - 1);
}

// The signals that a signalfd hands out; 0 where the descriptor is none.
unsigned long read_by(pid_t process, int descriptor) {
    return std::stoul("0" + shown_of(process, descriptor, "sigmask"), nullptr, 16);
}

// True where the task waits for this signal: by name, or with the signal let in.
bool waits_for_signal(const Task& task, int signal) {
    unsigned long set = 0;
    if (task.call == SYS_rt_sigtimedwait)
        return read_memory(task.thread, task.argument[0], &set, sizeof set) && (set & bit_of(signal)) != 0;
    if (task.call == SYS_read) return (read_by(task.process, static_cast<int>(task.argument[0])) & bit_of(signal)) != 0;
    bool waits = task.call == SYS_rt_sigsuspend || task.call == SYS_ppoll || task.call == SYS_pselect6;
#ifdef __x86_64__
    waits = waits || task.call == SYS_pause;
#endif
    const std::string blocked = waits ? status_line(task.thread, "SigBlk") : "";
    return !blocked.empty() && (std::stoul(blocked, nullptr, 16) & bit_of(signal)) == 0;
}

bool waits_on(const Task& task, const Timer& timer) {
    if (task.process != timer.process || !task.blocked()) return false;
    if (timer.kind != Timer::Kind::descriptor)
        return (timer.to_thread == 0 || timer.to_thread == task.thread) && waits_for_signal(task, timer.signal);
    if (task.call == SYS_read) return static_cast<int>(task.argument[0]) == timer.number;
    return waits_for_descriptor(task.thread, call_of(task), timer.number);
}

}  // namespace

void Timers::keep(pid_t process, int number, Descriptor timer) {
    descriptors_[{process, number}] = std::move(timer);
}

std::optional<long> Timers::set(pid_t process, pid_t thread, const seccomp_data& data, Nanoseconds age,
                                const ClockOf& clock) {
    Timer timer;
    timer.process = process;
    timer.thread = thread;
    Nanoseconds until{};
    if (data.nr == SYS_timerfd_settime || data.nr == SYS_timer_settime) {
        itimerspec value{};
        if (!read_memory(thread, data.args[2], &value, sizeof value)) return std::nullopt;
        timer.number = static_cast<int>(data.args[0]);
        timer.interval = duration(value.it_interval);
        until = duration(value.it_value);
        clockid_t told_by = CLOCK_MONOTONIC;
        if (data.nr == SYS_timerfd_settime) {
            told_by = clock_of(process, timer.number);
        } else {
            const std::optional<PosixTimer> made = posix_timer(process, timer.number);
            if (!made || made->signal == 0) return std::nullopt;
            timer.kind = Timer::Kind::posix;
            timer.signal = made->signal;
            timer.value = made->value;
            timer.to_thread = made->to_thread;
            told_by = made->clock;
        }
        static_assert(TFD_TIMER_ABSTIME == TIMER_ABSTIME);
        if (until != Nanoseconds::zero() && (data.args[1] & TIMER_ABSTIME) != 0)
            until = std::max(until - clock(told_by), Nanoseconds(1));
    } else if (data.nr == SYS_setitimer && data.args[0] == ITIMER_REAL) {
        itimerval value{};
        if (!read_memory(thread, data.args[1], &value, sizeof value)) return std::nullopt;
        timer.interval = duration(value.it_interval);
        until = duration(value.it_value);
        timer.kind = Timer::Kind::alarm;
        timer.signal = SIGALRM;
#ifdef __x86_64__
    } else if (data.nr == SYS_alarm) {
        until = seconds(data.args[0]);
        timer.kind = Timer::Kind::alarm;
        timer.signal = SIGALRM;
#endif
    } else {
        if (data.nr == SYS_timer_delete) forget(process, Timer::Kind::posix, static_cast<int>(data.args[0]));
        return std::nullopt;
    }
    forget(process, timer.kind, timer.number);
    timer.due = age + until;
    if (until != Nanoseconds::zero()) timers_.push_back(timer);
    return 0;
}

std::vector<Timers::Sleeper> Timers::sleepers(const std::vector<Task>& tasks) {
    std::vector<Sleeper> found;
    for (Timer& timer : timers_) {
        const Task* sleeper = nullptr;
        const Task* setter = nullptr;
        for (const Task& task : tasks) {
            const bool set_it = task.thread == timer.thread && task.process == timer.process;
            if (set_it) setter = &task;
            if ((!sleeper || set_it) && waits_on(task, timer)) sleeper = &task;
        }
        if (!sleeper) continue;
        // A thread of the library waits for the signal, and then calls what lets the one that set the timer go on.
        const bool for_another = timer.signal == notifies_a_thread && setter && setter->call == SYS_futex;
        found.push_back({&timer, for_another ? setter->thread : sleeper->thread});
    }
    return found;
}

bool Timers::expire(Timer& timer) {
    const bool done = timer.kind == Timer::Kind::descriptor ? expire_descriptor(timer) : send_signal(timer);
    if (done && timer.interval != Nanoseconds::zero()) {
        timer.due += timer.interval;
        timer.told = false;
    } else {
        const Timer expired = timer;  // it is in the list that it leaves
        forget(expired.process, expired.kind, expired.number);
    }
    return done;
}

bool Timers::send_signal(const Timer& timer) const {
    if (timer.kind == Timer::Kind::alarm) return kill(timer.process, timer.signal) == 0;
    siginfo_t info{};
    info.si_signo = timer.signal;
    info.si_code = SI_TIMER;
    info.si_timerid = timer.number;
    info.si_value.sival_ptr = reinterpret_cast<void*>(timer.value);
    if (timer.to_thread != 0)
        return syscall(SYS_rt_tgsigqueueinfo, timer.process, timer.to_thread, timer.signal, &info) == 0;
    return syscall(SYS_rt_sigqueueinfo, timer.process, timer.signal, &info) == 0;
}

bool Timers::expire_descriptor(const Timer& timer) const {
    auto copy = descriptors_.find({timer.process, timer.number});
    if (copy == descriptors_.end()) {  // inherited
        const std::string parent = status_line(timer.process, "PPid");
        if (!parent.empty()) copy = descriptors_.find({std::stoi(parent), timer.number});
    }
    const itimerspec at_once{{0, 0}, {0, 1}};
    return copy != descriptors_.end() && timerfd_settime(copy->second.number(), 0, &at_once, nullptr) == 0;
}

void Timers::forget(pid_t process, Timer::Kind kind, int number) {
    timers_.remove_if(
        [&](const Timer& timer) { return timer.process == process && timer.kind == kind && timer.number == number; });
}
