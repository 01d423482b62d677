// The threads of a program's process tree, as /proc shows them.
//
// The proof that nothing can happen any more: two looks, one after the other,
// find the same threads, all of them off the processor inside a system call,
// and none was switched in between. Then there was a moment between the looks
// at which all of them were blocked at once, and a blocked thread wakes no
// other: a thread woken by anything at all is runnable before its waker's call
// returns, and a runnable thread is seen as such. What is left to wake them is
// time, which the stage holds, and the grader.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

struct Task {
    pid_t process = 0;
    pid_t thread = 0;
    char state = '?';  // as in proc(5): R S D Z T ...
    long call = -1;    // the system call that it is blocked in, -1 if it is not
    unsigned long argument[6] = {};
    unsigned long switches = 0;  // off the processor, of its own will or not
    unsigned long ticks = 0;     // processor time, in clock ticks

    bool stopped() const { return state == 'T' || state == 't'; }  // until a SIGCONT comes, or its tracer
    bool blocked() const { return (state == 'S' && call >= 0) || stopped(); }
    bool ended() const { return state == 'Z' || state == 'X'; }
    bool operator==(const Task&) const = default;
};

// All threads of all processes that descend from `root`, root itself left out;
// zombies are in it as their one thread.
std::vector<Task> tasks_below(pid_t root);

// One of them, as it is now.
Task task_of(pid_t process, pid_t thread);

// Its processor time so far, finer than in ticks; zero where it is gone.
std::chrono::nanoseconds processor_time(const Task& task);

// The proof above, of two looks in that order.
bool proves_standstill(const std::vector<Task>& before, const std::vector<Task>& after);

// Of two looks in that order: nobody is left but the dead. One look does not prove that: it overlooks who gets another
// parent meanwhile, since his own has ended. Who has ended before a look hands on no more children during it.
bool nobody_lives(const std::vector<Task>& before, const std::vector<Task>& after);

// Direct children of `process`, dead ones that nobody waited for included.
std::vector<pid_t> children_of(pid_t process);

// One line of /proc/PID/status, such as "Tgid", or "" where the task is gone.
std::string status_line(pid_t task, const std::string& key);

// True where one of the signals of `set` (bit N - 1 for signal N) waits for the thread, or for its process.
bool signal_is_pending(pid_t thread, unsigned long set);

// What a blocked task waits for, in words: "waits for thread 4711 to end".
std::string describe_wait(const Task& task);
