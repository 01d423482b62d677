// Whether a descriptor of the program under test is ready, as poll(2) would tell the program itself.
//
// The plain way is a copy of it (pidfd_getfd(2)). A container of default rights refuses that; then it is told from
// outside, by kind: a pipe or a terminal is opened anew through /proc, a socket's queues are asked for
// (socket_state.hpp), an eventfd, a timerfd and an epoll set show what they hold in /proc/PID/fdinfo.
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <vector>

// True where poll with a time-out of 0 would find one of them ready; one that is not open is. Throws
// std::runtime_error where that cannot be told: a failure of the grader's, with the remedy in it.
bool any_ready(pid_t process, const std::vector<pollfd>& wanted);

// The same for one of them, told from outside. Thread-safe.
bool is_ready_from_outside(pid_t process, const pollfd& wanted);
