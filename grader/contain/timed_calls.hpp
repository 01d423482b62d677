// The system calls that can end by time, once: the filter puts them before the grader (filter.cpp), and the stage reads
// their time-outs and answers them (timed_call.cpp).
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>

#include <cerrno>

// Younger than the headers of some systems; the numbers are the same on all.
constexpr long number_of_epoll_pwait2 = 441;
constexpr int futex_lock_pi2 = 13;
constexpr int socket_receive_timeout_2038 = 66, socket_send_timeout_2038 = 67;  // SO_RCVTIMEO_NEW, SO_SNDTIMEO_NEW

// How a call is given its time-out.
enum class TimeoutForm {
    milliseconds,  // a number: 0 does not wait, a negative one waits for ever
    timespec,      // a pointer; none waits for ever
    timeval
};

struct TimedCallRow {
    long number;
    int argument;  // the time-out's place, from 0
    TimeoutForm form;
    long on_expiry;  // what the call returns when the time has passed
};

constexpr TimedCallRow timed_calls[] = {
    {SYS_nanosleep, 0, TimeoutForm::timespec, 0},
    {SYS_clock_nanosleep, 2, TimeoutForm::timespec, 0},
    {SYS_ppoll, 2, TimeoutForm::timespec, 0},
    {SYS_pselect6, 4, TimeoutForm::timespec, 0},
    {SYS_epoll_pwait, 3, TimeoutForm::milliseconds, 0},
    {SYS_rt_sigtimedwait, 2, TimeoutForm::timespec, -EAGAIN},
    {SYS_semtimedop, 3, TimeoutForm::timespec, -EAGAIN},
    {SYS_mq_timedreceive, 4, TimeoutForm::timespec, -ETIMEDOUT},
    {SYS_mq_timedsend, 4, TimeoutForm::timespec, -ETIMEDOUT},
    {SYS_futex, 3, TimeoutForm::timespec, -ETIMEDOUT},
#ifdef __x86_64__
    {SYS_poll, 2, TimeoutForm::milliseconds, 0},
    {SYS_select, 4, TimeoutForm::timeval, 0},
    {SYS_epoll_wait, 3, TimeoutForm::milliseconds, 0},
#endif
    {number_of_epoll_pwait2, 3, TimeoutForm::timespec, 0},
};

// Other operations of futex take a number where these have their time-out.
constexpr int timed_futex_operations[] = {FUTEX_WAIT, FUTEX_WAIT_BITSET, FUTEX_LOCK_PI, FUTEX_WAIT_REQUEUE_PI,
                                          futex_lock_pi2};
