#include "grader/stage/stage.hpp"

#include <linux/sched.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "grader/proc/memory.hpp"
#include "grader/proc/program_descriptor.hpp"
#include "grader/proc/tasks.hpp"
#include "grader/stage/injector.hpp"
#include "grader/stage/rename_call.hpp"
#include "grader/stage/write_call.hpp"

namespace {

// Enough for every chapter, and the end of every fork bomb.
constexpr unsigned long most_tasks_at_once = 700;
constexpr unsigned long most_tasks_ever = 50'000;

constexpr std::size_t most_text = 64 * 1024;

// fork and vfork make processes; clone and clone3 make a thread where CLONE_THREAD says so.
bool makes_thread(pid_t thread, const seccomp_data& data) {
    if (data.nr == SYS_clone) return (data.args[0] & CLONE_THREAD) != 0;
    unsigned long flags = 0;  // clone3: the first member of what its argument points to
    return data.nr == SYS_clone3 && read_memory(thread, data.args[0], &flags, sizeof flags) &&
           (flags & CLONE_THREAD) != 0;
}

// Its own clock, its process's, or another's, which have negative numbers: see clock_getcpuclockid(3).
bool counts_processor_time(clockid_t id) {
    return id == CLOCK_PROCESS_CPUTIME_ID || id == CLOCK_THREAD_CPUTIME_ID || id < 0;
}

}  // namespace

Stage::Stage(int listener, FileIdentity out, FileIdentity error, Policy policy)
    : policy(policy), listener_(listener), out_(out), error_(error) {}

bool Stage::handle_one() {
    const std::optional<seccomp_notif> call = listener_.receive();
    if (call) on_call(*call);
    return call.has_value();
}

void Stage::on_call(const seccomp_notif& call) {
    using enum Event::Kind;
    const pid_t thread = static_cast<pid_t>(call.pid);
    clocks_.slept(thread);  // makes its acquaintance
    const pid_t process = clocks_.process_of(thread);

    if (may_be_timed(call.data)) return on_timed(call, process);
    switch (call.data.nr) {
        case SYS_clock_gettime:
        case SYS_gettimeofday:
#ifdef __x86_64__
        case SYS_time:
#endif
            return on_clock(call, process);
        case SYS_clone:
        case SYS_clone3:
#ifdef __x86_64__
        case SYS_fork:
        case SYS_vfork:
#endif
            return on_clone(call, process);
        case SYS_write:
        case SYS_writev:
        case SYS_pwritev2:
        case SYS_vmsplice:
        case SYS_splice:
        case SYS_tee:
        case SYS_sendfile:
        case SYS_sendto:
        case SYS_sendmsg: return on_write(call, process);
#ifdef __x86_64__
        case SYS_rename:
        case SYS_link:
#endif
#ifdef SYS_renameat
        case SYS_renameat:
#endif
        case SYS_renameat2:
        case SYS_linkat: return on_rename(call, process);
        case SYS_exit: return on_end(call, process, false);
        case SYS_exit_group: return on_end(call, process, true);
        case SYS_execve:
        case SYS_execveat: return on_exec(call, process);
        case SYS_wait4:
        case SYS_waitid: note(waits_for_child, process, thread); return listener_.proceed(call.id);
        case SYS_timerfd_create: return on_timer_descriptor(call, process);
        case SYS_setsockopt: return on_socket_timeout(call, process);
        default: return on_timer(call, process);
    }
}

void Stage::on_exec(const seccomp_notif& call, pid_t process) {
    const bool first = program_ == 0;
    if (first) program_ = process;
    const pid_t thread = static_cast<pid_t>(call.pid);
    note(Event::Kind::program_starts, process, thread);
    thread_libraries_.forget(process);
    ++progress_;
    if (first && policy.hold_start) hold(call, {Held::Kind::start, call.id, process, thread, {}, ""});
    else listener_.proceed(call.id);
}

void Stage::on_timed(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    const std::optional<TimedCall> timed =
        timed_call(thread, call.data, [&](clockid_t id) { return clock(thread, id); });
    if (!timed || !policy.hold_sleeps) return listener_.proceed(call.id);
    if (timed->asked == Nanoseconds::zero()) {
        const std::optional<long> early = early_result(thread, *timed);
        if (early && *early == 0) return listener_.proceed(call.id);
        listener_.answer(call.id, early ? *early : expire(thread, *timed));
        return;
    }
    note(Event::Kind::sleeps, process, thread).duration = timed->asked;
    ++progress_;
    hold(call, {Held::Kind::sleep, call.id, process, thread, timed->asked, ""}, *timed);
}

void Stage::on_timer(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    note(Event::Kind::sets_timer, process, thread);
    ++progress_;
    if (!policy.hold_sleeps) return listener_.proceed(call.id);
    const std::optional<long> result =
        timers_.set(process, thread, call.data, clocks_.slept(thread), [&](clockid_t id) { return clock(thread, id); });
    if (result) listener_.answer(call.id, *result);
    else listener_.proceed(call.id);
}

// The timer is ours, and the program's is a copy of it: so it can be made to expire without rights over the program.
void Stage::on_timer_descriptor(const seccomp_notif& call, pid_t process) {
    if (!policy.hold_sleeps) return listener_.proceed(call.id);
    const int flags = static_cast<int>(call.data.args[1]);
    Descriptor timer(timerfd_create(static_cast<clockid_t>(call.data.args[0]), flags | TFD_CLOEXEC));
    if (!timer.is_open()) {
        listener_.answer(call.id, -errno);
        return;
    }
    const int number = listener_.give(call.id, timer.number(), (flags & TFD_CLOEXEC) != 0);
    if (number >= 0) timers_.keep(process, number, std::move(timer));
    listener_.answer(call.id, number);
}

void Stage::on_socket_timeout(const seccomp_notif& call, pid_t process) {
    const bool taken = timeouts_.set(process, static_cast<pid_t>(call.pid), call.data);
    if (taken && policy.hold_sleeps) listener_.answer(call.id, 0);
    else listener_.proceed(call.id);
}

void Stage::on_clock(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    const bool any_clock = call.data.nr == SYS_clock_gettime;
    const clockid_t id = any_clock ? static_cast<clockid_t>(call.data.args[0]) : CLOCK_REALTIME;
    if (counts_processor_time(id)) {
        if (!policy.hold_processor_clocks) return listener_.proceed(call.id);
        return hold(call, {Held::Kind::processor_clock, call.id, process, thread, {}, ""}, {call.data, {}});
    }
    if (!policy.hold_sleeps) return listener_.proceed(call.id);
    note(Event::Kind::reads_clock, 0, thread);
    const long now = clock(thread, id).count();
    const unsigned long address = call.data.args[any_clock ? 1 : 0];
    if (call.data.nr == SYS_gettimeofday) {
        const timeval value{now / 1'000'000'000, now % 1'000'000'000 / 1'000};
        listener_.answer(call.id, write_memory(thread, address, &value, sizeof value) ? 0 : -EFAULT);
    } else if (any_clock) {
        listener_.answer(call.id, write_timespec(thread, address, Nanoseconds(now)));
    } else {
        const long value = now / 1'000'000'000;
        if (address != 0) write_memory(thread, address, &value, sizeof value);
        listener_.answer(call.id, value);
    }
}

void Stage::on_clone(const seccomp_notif& call, pid_t process) {
    using enum Event::Kind;
    const pid_t thread = static_cast<pid_t>(call.pid);
    if (created_ >= most_tasks_ever)
        return refuse(call, process, "starts more than " + std::to_string(most_tasks_ever) + " processes and threads");
    if (most_alive_ >= most_tasks_at_once) {
        uncounted_.emplace_back(call, process);
        return;
    }
    if (makes_thread(thread, call.data)) {
        std::string library = thread_libraries_.that_calls(process, thread);
        note(thread_created, process, thread).text = std::move(library);
    } else {
        note(process_created, process, thread);
    }
    ++created_;
    ++most_alive_;
    ++progress_;
    listener_.proceed(call.id);
}

// Of those that were made since the last count many may have ended.
void Stage::count(std::size_t alive) {
    most_alive_ = alive;
    for (const auto& [call, process] : std::exchange(uncounted_, {})) {
        if (most_alive_ < most_tasks_at_once) on_clone(call, process);
        else
            refuse(call, process,
                   "starts more than " + std::to_string(most_tasks_at_once) + " processes and threads at once");
    }
}

void Stage::refuse(const seccomp_notif& call, pid_t process, const std::string& excess) {
    note(Event::Kind::refused, process, static_cast<pid_t>(call.pid));
    excess_ = excess;
    listener_.answer(call.id, -EAGAIN);
}

void Stage::on_write(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    ++progress_;
    const std::optional<WriteCall> write = write_call(thread, call.data);
    if (!write) return listener_.proceed(call.id);  // the kernel's own answer is right
    if (identity_of(process, write->descriptor) != out_) {
        if (passing_.erase(thread) > 0) return listener_.proceed(call.id);
        if (process == program_ || identity_of(process, write->descriptor) == error_) return listener_.proceed(call.id);
        const LocalSocket socket =
            policy.hold_socket_pairs ? local_socket(process, write->descriptor) : LocalSocket::none;
        const bool pipe = policy.hold_pipes && is_pipe(process, write->descriptor);
        if (!pipe && socket == LocalSocket::none) return listener_.proceed(call.id);
        Held held{Held::Kind::pipe_write, call.id, process, thread, {}, ""};
        held.size = write->bytes;
        held.descriptor = write->descriptor;
        held.atomic = is_atomic(*write, socket);
        return hold(call, held, {call.data, {}});
    }
    const std::string text = text_of(thread, *write, most_text);
    if (policy.hold_writes) {
        hold(call, {Held::Kind::write, call.id, process, thread, {}, text});
        return;
    }
    note(Event::Kind::writes, process, thread).text = text;
    listener_.proceed(call.id);
}

void Stage::on_rename(const seccomp_notif& call, pid_t process) {
    ++progress_;
    if (!policy.hold_renames) return listener_.proceed(call.id);
    const pid_t thread = static_cast<pid_t>(call.pid);
    hold(call, {Held::Kind::rename, call.id, process, thread, {}, new_name(thread, call.data)});
}

void Stage::on_end(const seccomp_notif& call, pid_t process, bool whole_process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    note(whole_process ? Event::Kind::process_ends : Event::Kind::thread_ends, process, thread).status =
        static_cast<int>(call.data.args[0] & 0xff);
    ++progress_;
    if (policy.hold_ends) {
        hold(call,
             {whole_process ? Held::Kind::process_end : Held::Kind::thread_end, call.id, process, thread, {}, ""});
        return;
    }
    clocks_.forget(thread);  // the kernel may give its number to another thread
    listener_.proceed(call.id);
}

Event& Stage::note(Event::Kind kind, pid_t process, pid_t thread) {
    Event event;
    event.kind = kind;
    event.process = process;
    event.thread = thread;
    event.at = clocks_.slept(thread);
    trace.events.push_back(std::move(event));
    return trace.events.back();
}

Nanoseconds Stage::clock(pid_t thread, clockid_t id) {
    return clocks_.show(id, policy.one_clock ? passed_ : clocks_.slept(thread));
}
