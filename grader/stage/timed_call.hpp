// The system calls that end by time: how long each one asks to wait, and what
// it looks like to its caller when that time has passed.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>

#include "grader/proc/tasks.hpp"

using Nanoseconds = std::chrono::nanoseconds;

// The time that a thread's clocks show; `clock` as in clock_gettime(2).
using ClockOf = std::function<Nanoseconds(clockid_t clock)>;

struct TimedCall {
    seccomp_data data{};
    Nanoseconds asked{};  // until its deadline, never negative
};

// The call that a task is blocked in.
seccomp_data call_of(const Task& task);

// None where `data` is no such call, waits for ever, or its time-out cannot be read: the kernel's own
// answer is right then.
std::optional<TimedCall> timed_call(pid_t thread, const seccomp_data& data, const ClockOf& clock);

// True where `data` is a call that can end by time at all.
bool may_be_timed(const seccomp_data& data);

// What the caller is told when the time has passed: a value, or a negative errno. Writes
// what the kernel would write (no descriptor is ready) into the caller's memory.
long expire(pid_t thread, const TimedCall& call);

// None while only time can end the wait. Otherwise what it waited for has happened (a descriptor is
// ready, the futex's value has changed, a signal is pending): a negative errno to return, or 0 where
// the call should go on to the kernel, which returns at once.
std::optional<long> early_result(pid_t thread, const TimedCall& call);

// True where a task waits in poll, select or epoll for some descriptors: not one that only sleeps by them.
bool waits_for_descriptors(const Task& task);

// True where it waits to connect, to be answered, or for descriptors.
bool waits_for_network(const Task& task);

// True where `data` waits, for however long, until `descriptor` is ready; by epoll: until any is.
bool waits_for_descriptor(pid_t thread, const seccomp_data& data, int descriptor);
