// How long a call asks to wait, what it looks like when that has passed, and when it need not wait.
#include "grader/stage/timed_call.hpp"

#include <linux/futex.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

#include "bench/catch.hpp"

namespace {

using namespace std::chrono_literals;

template <class... Arguments>
seccomp_data call(long number, Arguments... arguments) {
    seccomp_data data{};
    data.nr = static_cast<int>(number);
    int place = 0;
    ((data.args[place++] = (unsigned long)(arguments)), ...);
    return data;
}

// The time asked for by a call in this process, whose clocks all show 100 s.
std::optional<Nanoseconds> asked(const seccomp_data& data) {
    const std::optional<TimedCall> timed = timed_call(getpid(), data, [](clockid_t) { return Nanoseconds(100s); });
    if (!timed) return std::nullopt;
    return timed->asked;
}

}  // namespace

TEST_CASE("a duration is read from where the call keeps it") {
    const timespec spec{2, 500};
    const timeval value{3, 7};
    CHECK(asked(call(SYS_nanosleep, &spec, 0)) == 2s + 500ns);
    CHECK(asked(call(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &spec, 0)) == 2s + 500ns);
    CHECK(asked(call(SYS_ppoll, 0, 0, &spec, 0)) == 2s + 500ns);
    CHECK(asked(call(SYS_pselect6, 0, 0, 0, 0, &spec)) == 2s + 500ns);
    CHECK(asked(call(SYS_epoll_pwait, 3, 0, 1, 20)) == 20ms);
    int word = 0;
    CHECK(asked(call(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &spec)) == 2s + 500ns);
#ifdef __x86_64__
    CHECK(asked(call(SYS_poll, 0, 0, 1500)) == 1500ms);
    CHECK(asked(call(SYS_poll, 0, 0, -1)) == std::nullopt);  // for ever
    CHECK(asked(call(SYS_select, 0, 0, 0, 0, &value)) == 3s + 7us);
#endif
    CHECK(value.tv_sec == 3);
}

TEST_CASE("a deadline asks for what is left until then, and for nothing once it has passed") {
    const timespec later{103, 0}, past{99, 0};
    int word = 0;
    CHECK(asked(call(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &later, 0)) == 3s);
    CHECK(asked(call(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &past, 0)) == 0s);
    CHECK(asked(call(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, 0, &later)) == 3s);
}

TEST_CASE("a time that the kernel would refuse is left to the kernel") {
    const timespec negative{-1, 0}, too_much{0, 1'000'000'000};
    CHECK(asked(call(SYS_nanosleep, &negative, 0)) == std::nullopt);
    CHECK(asked(call(SYS_nanosleep, &too_much, 0)) == std::nullopt);
    CHECK(asked(call(SYS_nanosleep, 0, 0)) == std::nullopt);
    CHECK(asked(call(SYS_nanosleep, 8, 0)) == std::nullopt);  // not mapped
    CHECK(asked(call(SYS_read, 0, 0, 0)) == std::nullopt);
}

TEST_CASE("the longest of times does not overflow") {
    const timespec longest{std::numeric_limits<time_t>::max(), 999'999'999};
    CHECK(asked(call(SYS_nanosleep, &longest, 0)).value() > 24h * 365 * 200);
    CHECK(asked(call(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &longest, 0)).value() > 24h * 365 * 200);
}

TEST_CASE("a wait that expires reports that nothing is ready") {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const timespec spec{1, 0};
    pollfd wanted{ends[0], POLLIN, POLLIN};
    CHECK(expire(getpid(), {call(SYS_ppoll, &wanted, 1, &spec, 0), 1s}) == 0);
    CHECK(wanted.revents == 0);

    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    CHECK(expire(getpid(), {call(SYS_pselect6, ends[0] + 1, &set, 0, 0, &spec), 1s}) == 0);
    CHECK_FALSE(FD_ISSET(ends[0], &set));

    int word = 0;
    CHECK(expire(getpid(), {call(SYS_futex, &word, FUTEX_WAIT, 0, &spec), 1s}) == -ETIMEDOUT);
    CHECK(expire(getpid(), {call(SYS_nanosleep, &spec, 0), 1s}) == 0);
    for (const int end : ends) close(end);
}

TEST_CASE("a wait need not expire once a descriptor is ready") {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const timespec spec{1, 0};
    pollfd wanted{ends[0], POLLIN, 0};
    const TimedCall polling{call(SYS_ppoll, &wanted, 1, &spec, 0), 1s};
    CHECK(early_result(getpid(), polling) == std::nullopt);
    REQUIRE(write(ends[1], "x", 1) == 1);
    CHECK(early_result(getpid(), polling) == 0);
    for (const int end : ends) close(end);
    wanted.fd = 1'000'000;  // one that is not open is reported at once, too
    CHECK(early_result(getpid(), polling) == 0);
}

TEST_CASE("a wait need not expire once a signal is there that it lets in") {
    sigset_t none, all_blocked, before;
    sigemptyset(&none);
    sigfillset(&all_blocked);
    const timespec spec{1, 0};
    const struct {
        const sigset_t* set;
        std::size_t size;
    } mask{&none, 8}, same{&all_blocked, 8};
    const TimedCall letting_in{call(SYS_pselect6, 0, 0, 0, 0, &spec, &mask), 1s};
    const TimedCall polling{call(SYS_ppoll, 0, 0, &spec, &none, 8), 1s};
    const TimedCall keeping_out{call(SYS_pselect6, 0, 0, 0, 0, &spec, &same), 1s};
    CHECK(early_result(getpid(), letting_in) == std::nullopt);
    pthread_sigmask(SIG_BLOCK, &all_blocked, &before);
    raise(SIGUSR1);
    const std::optional<long> let_in = early_result(getpid(), letting_in), polled = early_result(getpid(), polling),
                              kept_out = early_result(getpid(), keeping_out);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, SIGUSR1);
    int taken = 0;
    sigwait(&one, &taken);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(let_in == 0);
    CHECK(polled == 0);
    CHECK(kept_out == std::nullopt);
}

TEST_CASE("a wait need not expire once the futex has changed") {
    const timespec spec{1, 0};
    int word = 5;
    const TimedCall waiting{call(SYS_futex, &word, FUTEX_WAIT, 5, &spec), 1s};
    CHECK(early_result(getpid(), waiting) == std::nullopt);
    word = 6;
    CHECK(early_result(getpid(), waiting) == -EAGAIN);
}
