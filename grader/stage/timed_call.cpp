#include "grader/stage/timed_call.hpp"

#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <iterator>
#include <vector>

#include "grader/contain/timed_calls.hpp"
#include "grader/proc/memory.hpp"
#include "grader/proc/readiness.hpp"
#include "grader/proc/tasks.hpp"

namespace {

// None where this is no call that ends by time.
const TimedCallRow* row_of(const seccomp_data& data) {
    const auto* const row = std::find_if(std::begin(timed_calls), std::end(timed_calls),
                                         [&data](const TimedCallRow& call) { return call.number == data.nr; });
    return row == std::end(timed_calls) ? nullptr : row;
}

// The clock that an absolute time-out is told by; none where it is a duration.
std::optional<clockid_t> deadline_clock(const seccomp_data& data) {
    switch (data.nr) {
        case SYS_clock_nanosleep:
            if (data.args[1] & TIMER_ABSTIME) return static_cast<clockid_t>(data.args[0]);
            return std::nullopt;
        case SYS_mq_timedreceive:
        case SYS_mq_timedsend: return CLOCK_REALTIME;
        case SYS_futex: {
            const int operation = static_cast<int>(data.args[1]) & FUTEX_CMD_MASK;
            if (operation == FUTEX_WAIT) return std::nullopt;
            if (operation == FUTEX_LOCK_PI) return CLOCK_REALTIME;
            return data.args[1] & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
        }
        default: return std::nullopt;
    }
}

std::optional<Nanoseconds> read_timeout(pid_t thread, const seccomp_data& data, const TimedCallRow& call) {
    using namespace std::chrono;
    const unsigned long value = data.args[call.argument];
    if (call.form == TimeoutForm::milliseconds) {
        if (static_cast<int>(value) < 0) return std::nullopt;  // for ever
        return milliseconds(static_cast<int>(value));
    }
    long parts[2];
    if (value == 0 || !read_memory(thread, value, parts, sizeof parts)) return std::nullopt;
    const long largest = Nanoseconds::max().count() / 1'000'000'000 - 1;  // later than that is never
    const long units = call.form == TimeoutForm::timeval ? 1'000 : 1;
    if (parts[0] < 0 || parts[1] < 0 || parts[1] * units >= 1'000'000'000) return std::nullopt;  // EINVAL
    return seconds(std::min(parts[0], largest)) + Nanoseconds(parts[1] * units);
}

bool is_select(long call) {
#ifdef __x86_64__
    if (call == SYS_select) return true;
#endif
    return call == SYS_pselect6;
}

bool is_poll(long call) {
#ifdef __x86_64__
    if (call == SYS_poll) return true;
#endif
    return call == SYS_ppoll;
}

bool is_epoll(long call) {
#ifdef __x86_64__
    if (call == SYS_epoll_wait) return true;
#endif
    return call == SYS_epoll_pwait || call == number_of_epoll_pwait2;
}

constexpr std::size_t most_descriptors = 4096;

std::vector<pollfd> polled(pid_t thread, const seccomp_data& data) {
    std::vector<pollfd> wanted;
    if (is_poll(data.nr)) {
        wanted.resize(std::min<std::size_t>(data.args[1], most_descriptors));
        if (!read_memory(thread, data.args[0], wanted.data(), wanted.size() * sizeof(pollfd))) wanted.clear();
    } else if (is_select(data.nr)) {
        const int count = static_cast<int>(std::min<std::size_t>(data.args[0], FD_SETSIZE));
        const short events[] = {POLLIN, POLLOUT, POLLPRI};
        for (int set = 0; set < 3; ++set) {
            fd_set descriptors;
            FD_ZERO(&descriptors);
            const unsigned long address = data.args[1 + set];
            const std::size_t bytes = static_cast<std::size_t>((count + 63) / 64 * 8);
            if (address == 0 || !read_memory(thread, address, &descriptors, bytes)) continue;
            for (int fd = 0; fd < count; ++fd)
                if (FD_ISSET(fd, &descriptors)) wanted.push_back({fd, events[set], 0});
        }
    } else if (is_epoll(data.nr)) {
        wanted.push_back({static_cast<int>(data.args[0]), POLLIN, 0});
    }
    return wanted;
}

bool any_polled_is_ready(pid_t thread, const seccomp_data& data) {
    const std::vector<pollfd> wanted = polled(thread, data);
    const std::string process = wanted.empty() ? "" : status_line(thread, "Tgid");
    return !process.empty() && any_ready(std::stoi(process), wanted);
}

bool signal_pending(pid_t thread, unsigned long set_address) {
    unsigned long set = 0;
    return read_memory(thread, set_address, &set, sizeof set) && signal_is_pending(thread, set);
}

// A call that unblocks signals while it waits, and one of them is there: the kernel has to be asked, for
// only it can do both at once.
bool lets_signal_in(pid_t thread, const seccomp_data& data) {
    unsigned long address = 0, blocked = 0;
    if (data.nr == SYS_ppoll) address = data.args[3];
    if (data.nr == SYS_epoll_pwait || data.nr == number_of_epoll_pwait2) address = data.args[4];
    if (data.nr == SYS_pselect6 && data.args[5] != 0) read_memory(thread, data.args[5], &address, sizeof address);
    return address != 0 && read_memory(thread, address, &blocked, sizeof blocked) &&
           signal_is_pending(thread, ~blocked);
}

}  // namespace

seccomp_data call_of(const Task& task) {
    seccomp_data data{};
    data.nr = static_cast<int>(task.call);
    std::copy(std::begin(task.argument), std::end(task.argument), data.args);
    return data;
}

bool may_be_timed(const seccomp_data& data) {
    return row_of(data) != nullptr;
}

std::optional<TimedCall> timed_call(pid_t thread, const seccomp_data& data, const ClockOf& clock) {
    const TimedCallRow* const row = row_of(data);
    if (!row) return std::nullopt;
    const std::optional<Nanoseconds> timeout = read_timeout(thread, data, *row);
    if (!timeout) return std::nullopt;
    const std::optional<clockid_t> told_by = deadline_clock(data);
    const Nanoseconds asked = told_by ? *timeout - clock(*told_by) : *timeout;
    return TimedCall{data, std::max(asked, Nanoseconds::zero())};
}

long expire(pid_t thread, const TimedCall& call) {
    const seccomp_data& data = call.data;
    if (is_poll(data.nr)) {
        for (std::size_t i = 0; i < std::min<std::size_t>(data.args[1], most_descriptors); ++i) {
            const short none = 0;
            write_memory(thread, data.args[0] + i * sizeof(pollfd) + offsetof(pollfd, revents), &none, sizeof none);
        }
    } else if (is_select(data.nr)) {
        const fd_set empty{};
        const std::size_t bytes = (std::min<std::size_t>(data.args[0], FD_SETSIZE) + 63) / 64 * 8;
        for (int set = 1; set <= 3; ++set)
            if (data.args[set] != 0) write_memory(thread, data.args[set], &empty, bytes);
    }
    return row_of(data)->on_expiry;
}

std::optional<long> early_result(pid_t thread, const TimedCall& call) {
    const seccomp_data& data = call.data;
    const auto if_true = [](bool happened, long result) { return happened ? std::optional(result) : std::nullopt; };
    if (data.nr == SYS_rt_sigtimedwait) return if_true(signal_pending(thread, data.args[0]), 0);
    if (data.nr != SYS_futex) return if_true(any_polled_is_ready(thread, data) || lets_signal_in(thread, data), 0);

    const int operation = static_cast<int>(data.args[1]) & FUTEX_CMD_MASK;
    unsigned value = 0;
    if (!read_memory(thread, data.args[0], &value, sizeof value)) return std::nullopt;
    if (operation == FUTEX_LOCK_PI || operation == futex_lock_pi2) return if_true((value & FUTEX_TID_MASK) == 0, 0);
    // The kernel says the same to a wait whose value changed before it began.
    return if_true(value != static_cast<unsigned>(data.args[2]), -EAGAIN);
}

bool waits_for_descriptors(const Task& task) {
    return is_epoll(task.call) || (is_poll(task.call) && task.argument[1] > 0) ||
           (is_select(task.call) && task.argument[0] > 0);
}

bool waits_for_network(const Task& task) {
    if (waits_for_descriptors(task)) return true;
    switch (task.call) {
        case SYS_connect:
        case SYS_read:
        case SYS_readv:
        case SYS_recvfrom:
        case SYS_recvmsg: return true;
        default: return false;
    }
}

bool waits_for_descriptor(pid_t thread, const seccomp_data& data, int descriptor) {
    if (is_epoll(data.nr)) return true;
    const std::vector<pollfd> wanted = polled(thread, data);
    return std::any_of(wanted.begin(), wanted.end(),
                       [descriptor](const pollfd& entry) { return entry.fd == descriptor; });
}
