#include "grader/stage/stage.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

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
#include "grader/stage/write_call.hpp"

namespace {

// Enough for every chapter, and the end of every fork bomb.
constexpr unsigned long most_tasks_at_once = 700;
constexpr unsigned long most_tasks_ever = 50'000;

constexpr std::size_t most_text = 64 * 1024;

// Sleepers that are blocked in no call of ours have numbers far above the kernel's own.
constexpr std::uint64_t our_first_id = 1ull << 63;
constexpr std::uint64_t our_last_id = ~0ull;

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

// What the call that asked for it returns.
long write_timespec(pid_t thread, unsigned long address, Nanoseconds time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    const timespec value{whole.count(), (time - whole).count()};
    return write_memory(thread, address, &value, sizeof value) ? 0 : -EFAULT;
}

}  // namespace

Stage::Stage(int listener, FileIdentity out, FileIdentity error, Policy policy)
    : policy(policy), listener_(listener), out_(out), error_(error) {}

Stage::~Stage() {
    close(listener_);  // whoever is still held is told ENOSYS; the container's end ends them
}

bool Stage::handle_one() {
    pollfd ready{listener_, POLLIN, 0};
    if (poll(&ready, 1, 0) <= 0 || (ready.revents & POLLIN) == 0) return false;
    seccomp_notif call{};
    if (ioctl(listener_, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0) return false;  // its thread was killed meanwhile
    on_call(call);
    return true;
}

void Stage::on_call(const seccomp_notif& call) {
    using enum Event::Kind;
    const pid_t thread = static_cast<pid_t>(call.pid);
    slept(thread);  // makes its acquaintance
    const auto known = ages_.find(thread);
    const pid_t process = known == ages_.end() ? 0 : known->second.process;

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
        case SYS_sendfile: return on_write(call, process);
        case SYS_exit: return on_end(call, process, false);
        case SYS_exit_group: return on_end(call, process, true);
        case SYS_execve:
        case SYS_execveat: return on_exec(call, process);
        case SYS_wait4:
        case SYS_waitid: note(waits_for_child, process, thread); return proceed(call.id);
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
    ++progress_;
    if (first && policy.hold_start) hold(call, {Held::Kind::start, call.id, process, thread, {}, ""});
    else proceed(call.id);
}

void Stage::on_timed(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    const std::optional<TimedCall> timed =
        timed_call(thread, call.data, [&](clockid_t id) { return clock(thread, id); });
    if (!timed || !policy.hold_sleeps) return proceed(call.id);
    if (timed->asked == Nanoseconds::zero()) {
        const std::optional<long> early = early_result(thread, *timed);
        if (early && *early == 0) return proceed(call.id);
        answer(call.id, early ? *early : expire(thread, *timed));
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
    if (!policy.hold_sleeps) return proceed(call.id);
    const std::optional<long> result =
        timers_.set(process, thread, call.data, slept(thread), [&](clockid_t id) { return clock(thread, id); });
    if (result) answer(call.id, *result);
    else proceed(call.id);
}

// The timer is ours, and the program's is a copy of it: so it can be made to expire without rights over the program.
void Stage::on_timer_descriptor(const seccomp_notif& call, pid_t process) {
    if (!policy.hold_sleeps) return proceed(call.id);
    const int flags = static_cast<int>(call.data.args[1]);
    Descriptor timer(timerfd_create(static_cast<clockid_t>(call.data.args[0]), flags | TFD_CLOEXEC));
    if (!timer.is_open()) {
        answer(call.id, -errno);
        return;
    }
    seccomp_notif_addfd copy{};
    copy.id = call.id;
    copy.srcfd = static_cast<unsigned>(timer.number());
    copy.newfd_flags = (flags & TFD_CLOEXEC) != 0 ? O_CLOEXEC : 0;
    const int number = ioctl(listener_, SECCOMP_IOCTL_NOTIF_ADDFD, &copy);
    if (number >= 0) timers_.keep(process, number, std::move(timer));
    answer(call.id, number < 0 ? -errno : number);
}

void Stage::on_socket_timeout(const seccomp_notif& call, pid_t process) {
    const bool taken = timeouts_.set(process, static_cast<pid_t>(call.pid), call.data);
    if (taken && policy.hold_sleeps) answer(call.id, 0);
    else proceed(call.id);
}

void Stage::on_clock(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    const bool any_clock = call.data.nr == SYS_clock_gettime;
    const clockid_t id = any_clock ? static_cast<clockid_t>(call.data.args[0]) : CLOCK_REALTIME;
    if (counts_processor_time(id)) {
        if (!policy.hold_processor_clocks) return proceed(call.id);
        return hold(call, {Held::Kind::processor_clock, call.id, process, thread, {}, ""}, {call.data, {}});
    }
    if (!policy.hold_sleeps) return proceed(call.id);
    note(Event::Kind::reads_clock, 0, thread);
    const long now = clock(thread, id).count();
    const unsigned long address = call.data.args[any_clock ? 1 : 0];
    if (call.data.nr == SYS_gettimeofday) {
        const timeval value{now / 1'000'000'000, now % 1'000'000'000 / 1'000};
        answer(call.id, write_memory(thread, address, &value, sizeof value) ? 0 : -EFAULT);
    } else if (any_clock) {
        answer(call.id, write_timespec(thread, address, Nanoseconds(now)));
    } else {
        const long value = now / 1'000'000'000;
        if (address != 0) write_memory(thread, address, &value, sizeof value);
        answer(call.id, value);
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
    note(makes_thread(thread, call.data) ? thread_created : process_created, process, thread);
    ++created_;
    ++most_alive_;
    ++progress_;
    proceed(call.id);
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
    answer(call.id, -EAGAIN);
}

void Stage::on_write(const seccomp_notif& call, pid_t process) {
    const pid_t thread = static_cast<pid_t>(call.pid);
    ++progress_;
    const std::optional<WriteCall> write = write_call(thread, call.data);
    if (!write) return proceed(call.id);  // the kernel's own answer is right
    if (identity_of(process, write->descriptor) != out_) {
        if (passing_.erase(thread) > 0) return proceed(call.id);
        const bool own_pipe = policy.hold_pipes && process != program_ &&
                              identity_of(process, write->descriptor) != error_ && is_pipe(process, write->descriptor);
        if (!own_pipe) return proceed(call.id);
        Held held{Held::Kind::pipe_write, call.id, process, thread, {}, ""};
        held.size = write->bytes;
        held.descriptor = write->descriptor;
        return hold(call, held, {call.data, {}});
    }
    const std::string text = text_of(thread, *write, most_text);
    if (policy.hold_writes) {
        hold(call, {Held::Kind::write, call.id, process, thread, {}, text});
        return;
    }
    note(Event::Kind::writes, process, thread).text = text;
    proceed(call.id);
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
    ages_.erase(thread);  // the kernel may give its number to another thread
    proceed(call.id);
}

void Stage::hold(const seccomp_notif& call, Held held, TimedCall timed) {
    waiting_.emplace(call.id, Waiting{std::move(held), timed});
}

void Stage::let_go(const Held& held) {
    const auto timer = std::find_if(on_timers_.begin(), on_timers_.end(),
                                    [&](const OnTimer& entry) { return entry.held.id == held.id; });
    if (timer != on_timers_.end()) {
        slept(held.thread) += held.asked;
        note(Event::Kind::wakes, held.process, held.thread).duration = held.asked;
        ++progress_;
        timers_.expire(*timer->timer);
        on_timers_.erase(timer);
        return;
    }
    if (const auto socket = on_sockets_.find(held.thread);
        socket != on_sockets_.end() && socket->second.held.id == held.id)
        return let_go_on_socket(socket->second);
    const auto found = waiting_.find(held.id);
    if (found == waiting_.end()) return;
    const Waiting waiting = std::move(found->second);
    waiting_.erase(found);
    ++progress_;
    switch (waiting.held.kind) {
        case Held::Kind::sleep: {
            const pid_t thread = held.thread;
            slept(thread) += waiting.call.asked;  // before it can look at its clock
            if (answer(held.id, expire(thread, waiting.call))) {
                note(Event::Kind::wakes, held.process, thread).duration = waiting.call.asked;
            } else {
                slept(thread) -= waiting.call.asked;
            }
            return;
        }
        case Held::Kind::write:
            note(Event::Kind::writes, held.process, held.thread).text = waiting.held.text;
            return proceed(held.id);
        case Held::Kind::start:
        case Held::Kind::processor_clock:
        case Held::Kind::pipe_write: return proceed(held.id);
        case Held::Kind::thread_end:
        case Held::Kind::process_end: ages_.erase(held.thread); return proceed(held.id);
    }
}

void Stage::let_go_on_socket(const OnSocket& entry) {
    const Held held = entry.held;
    const long result = SocketTimeouts::on_expiry(entry.task);
    on_sockets_.erase(held.thread);
    slept(held.thread) += held.asked;  // before it can look at its clock
    if (!make_return(held.thread, result)) {
        slept(held.thread) -= held.asked;
        return;
    }
    note(Event::Kind::wakes, held.process, held.thread).duration = held.asked;
    ++progress_;
}

void Stage::show(const Held& look, Nanoseconds time) {
    const auto found = waiting_.find(look.id);
    if (found == waiting_.end()) return;
    const unsigned long address = found->second.call.data.args[1];
    waiting_.erase(found);
    ++progress_;
    answer(look.id, write_timespec(look.thread, address, time));
}

bool Stage::let_go_part(const Held& held, std::size_t bytes) {
    const auto found = waiting_.find(held.id);
    if (found == waiting_.end()) return true;
    const seccomp_data call = found->second.call.data;
    const std::optional<WriteCall> write = write_call(held.thread, call);
    if (!write) return true;
    if (write->size_argument >= 0) {  // only the kernel can move these: it is asked for less
        waiting_.erase(found);
        ++progress_;
        passing_.insert(held.thread);
        make_call_again(held.thread, call.nr, write->size_argument, std::min(bytes, write->bytes));
        return true;
    }
    const long taken = write_part(held.process, held.thread, *write, bytes);
    if (taken == -EAGAIN) return false;
    waiting_.erase(found);
    ++progress_;
    answer(held.id, taken);
    return true;
}

bool Stage::recheck(const std::vector<Task>& tasks) {
    most_alive_ = tasks.size();
    find_sleepers_on_timers(tasks);
    find_sleepers_on_sockets(tasks);
    bool moved = false;
    for (auto entry = waiting_.begin(); entry != waiting_.end();) {
        const auto& [id, waiting] = *entry;
        const Held& held = waiting.held;
        bool over = !valid(id);
        if (!over && held.kind == Held::Kind::sleep) {
            if (const std::optional<long> result = early_result(held.thread, waiting.call)) {
                if (*result == 0) proceed(id);
                else answer(id, *result);
                over = true;
            }
        }
        if (over && held.kind == Held::Kind::sleep) note(Event::Kind::cut_short, held.process, held.thread);
        moved = moved || over;
        entry = over ? waiting_.erase(entry) : std::next(entry);
    }
    if (moved) ++progress_;
    return moved;
}

void Stage::find_sleepers_on_timers(const std::vector<Task>& tasks) {
    on_timers_.clear();
    for (const Timers::Sleeper& sleeper : timers_.sleepers(tasks)) {
        Timer& timer = *sleeper.timer;
        const Nanoseconds asked = std::max(timer.due - slept(sleeper.thread), Nanoseconds::zero());
        if (!timer.told) note(Event::Kind::sleeps, timer.process, sleeper.thread).duration = asked;
        timer.told = true;
        on_timers_.push_back(
            {{Held::Kind::sleep, our_first_id + on_timers_.size(), timer.process, sleeper.thread, asked, ""}, &timer});
    }
}

void Stage::find_sleepers_on_sockets(const std::vector<Task>& tasks) {
    if (!policy.hold_sleeps) return;
    std::map<pid_t, OnSocket> found;
    for (const Task& task : tasks) {
        const std::optional<Nanoseconds> asked = timeouts_.of(task);
        if (!asked) continue;
        const auto known = on_sockets_.find(task.thread);
        if (known != on_sockets_.end() && known->second.task == task) {
            found.insert(*known);
            continue;
        }
        note(Event::Kind::sleeps, task.process, task.thread).duration = *asked;
        const Held held{Held::Kind::sleep, our_last_id - next_on_socket_++, task.process, task.thread, *asked, ""};
        found.emplace(task.thread, OnSocket{held, task});
    }
    on_sockets_ = std::move(found);
}

bool Stage::time_will_wake(const std::vector<Task>& tasks) const {
    if (policy.hold_sleeps) return false;
    const auto no_clock = [](clockid_t) { return Nanoseconds::zero(); };
    return std::any_of(tasks.begin(), tasks.end(), [&](const Task& task) {
        return task.blocked() &&
               (timed_call(task.thread, call_of(task), no_clock).has_value() || timeouts_.of(task).has_value());
    });
}

std::vector<Held> Stage::held(Held::Kind kind) const {
    std::vector<Held> found;
    for (const OnTimer& entry : on_timers_)
        if (entry.held.kind == kind) found.push_back(entry.held);
    if (kind == Held::Kind::sleep)
        for (const auto& [thread, entry] : on_sockets_) found.push_back(entry.held);
    for (const auto& [id, waiting] : waiting_)
        if (waiting.held.kind == kind) found.push_back(waiting.held);
    return found;
}

void Stage::proceed(std::uint64_t id) {
    seccomp_notif_resp response{};
    response.id = id;
    response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ioctl(listener_, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

bool Stage::answer(std::uint64_t id, long result) {
    seccomp_notif_resp response{};
    response.id = id;
    if (result < 0) response.error = static_cast<int>(result);
    else response.val = result;
    return ioctl(listener_, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

bool Stage::valid(std::uint64_t id) const {
    return ioctl(listener_, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

Event& Stage::note(Event::Kind kind, pid_t process, pid_t thread) {
    Event event;
    event.kind = kind;
    event.process = process;
    event.thread = thread;
    event.at = slept(thread);
    trace.events.push_back(std::move(event));
    return trace.events.back();
}

// A thread is born at the age of its process, a process at the age of its parent.
Nanoseconds& Stage::slept(pid_t thread) {
    const auto known = ages_.find(thread);
    if (known != ages_.end()) return known->second.slept;
    const auto number = [thread](const char* key) {
        const std::string text = status_line(thread, key);
        return text.empty() ? 0 : std::stoi(text);
    };
    const pid_t process = number("Tgid"), parent = number("PPid");
    Nanoseconds own{}, inherited{};
    bool sibling = false;
    for (const auto& [other, age] : ages_) {
        if (age.process == process) {
            own = std::max(own, age.slept);
            sibling = true;
        }
        if (age.process == parent) inherited = std::max(inherited, age.slept);
    }
    return ages_.emplace(thread, Age{process, sibling ? own : inherited}).first->second.slept;
}

Nanoseconds Stage::clock(pid_t thread, clockid_t id) {
    const auto [entry, fresh] = beginning_.try_emplace(id);
    if (fresh) {
        timespec now{};
        clock_gettime(id, &now);
        entry->second = std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec);
    }
    return entry->second + (policy.one_clock ? passed_ : slept(thread));
}
