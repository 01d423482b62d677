// Stage: what is held, who is asleep without a call of ours, and how each of them goes on.
#include <algorithm>
#include <cerrno>
#include <optional>

#include "grader/stage/injector.hpp"
#include "grader/stage/stage.hpp"
#include "grader/stage/write_call.hpp"

namespace {

// Sleepers that are blocked in no call of ours have numbers far above the kernel's own.
constexpr std::uint64_t our_first_id = 1ull << 63;
constexpr std::uint64_t our_last_id = ~0ull;

}  // namespace

void Stage::hold(const seccomp_notif& call, Held held, TimedCall timed) {
    waiting_.emplace(call.id, Waiting{std::move(held), timed});
}

void Stage::let_go(const Held& held) {
    const auto timer = std::find_if(on_timers_.begin(), on_timers_.end(),
                                    [&](const OnTimer& entry) { return entry.held.id == held.id; });
    if (timer != on_timers_.end()) {
        clocks_.slept(held.thread) += held.asked;
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
            clocks_.slept(thread) += waiting.call.asked;  // before it can look at its clock
            if (listener_.answer(held.id, expire(thread, waiting.call))) {
                note(Event::Kind::wakes, held.process, thread).duration = waiting.call.asked;
            } else {
                clocks_.slept(thread) -= waiting.call.asked;
            }
            return;
        }
        case Held::Kind::write:
            note(Event::Kind::writes, held.process, held.thread).text = waiting.held.text;
            return listener_.proceed(held.id);
        case Held::Kind::start:
        case Held::Kind::processor_clock:
        case Held::Kind::rename:
        case Held::Kind::pipe_write: return listener_.proceed(held.id);
        case Held::Kind::thread_end:
        case Held::Kind::process_end: clocks_.forget(held.thread); return listener_.proceed(held.id);
    }
}

void Stage::let_go_on_socket(const OnSocket& entry) {
    const Held held = entry.held;
    const long result = SocketTimeouts::on_expiry(entry.task);
    on_sockets_.erase(held.thread);
    clocks_.slept(held.thread) += held.asked;  // before it can look at its clock
    if (!make_return(held.thread, result)) {
        clocks_.slept(held.thread) -= held.asked;
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
    listener_.answer(look.id, write_timespec(look.thread, address, time));
}

bool Stage::let_go_part(const Held& held, std::size_t bytes) {
    const auto found = waiting_.find(held.id);
    if (found == waiting_.end()) return true;
    const seccomp_data call = found->second.call.data;
    const std::optional<WriteCall> write = write_call(held.thread, call);
    if (!write) return true;
    const bool by_kernel = write->parts.empty() || local_socket(held.process, write->descriptor) != LocalSocket::none;
    if (by_kernel && write->size_argument >= 0) {  // only the kernel can move these: it is asked for less
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
    listener_.answer(held.id, taken);
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
        bool over = !listener_.waits(id);
        if (!over && held.kind == Held::Kind::sleep) {
            if (const std::optional<long> result = early_result(held.thread, waiting.call)) {
                if (*result == 0) listener_.proceed(id);
                else listener_.answer(id, *result);
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
        const Nanoseconds asked = std::max(timer.due - clocks_.slept(sleeper.thread), Nanoseconds::zero());
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
