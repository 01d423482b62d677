// In the program: whoever has the turn runs, all others stand still in front of their next step. A step is what others can
// notice: a lock, a notify, an atomic access, a thread's beginning and end. What stands between two steps is not
// divided; where it is shared without order, ThreadSanitizer's criterion says so.
//
// Nothing here may use a mutex or a thread of the standard library: they are what is played.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "grader/explore/shared_order.hpp"

namespace explore {

constexpr std::int64_t never = INT64_MAX;

// A step that a thread stands in front of.
struct Step {
    What what{};
    std::uint64_t object = 0;
    std::uint64_t place = 0;
    std::function<bool()> possible{};  // none: always
    std::int64_t deadline = never;     // of virtual time; then it goes on all the same
};

struct Thread {
    Step next;
    std::uint32_t go = 0;      // the turn, as a futex
    std::uint32_t parked = 0;  // stands in front of its first step, as a futex
    bool ended = false, is_here = false;
    bool timed_out = false;  // its last step
    std::uint64_t hash = 0;  // of all its steps
    std::uint64_t steps = 0;
    std::uint64_t seen_at = 0;          // the program's version when it began to see these
    std::vector<std::uint64_t> seen{};  // looks that told it nothing to go on by, as hashes
    int seen_again = 0;
    int insists = 0;                // steps that it makes before others, though it looks in vain
    std::uint64_t insisted_at = 0;  // the version: once is enough, until something has changed
};

void begin_play(SharedOrder& order);  // of this process, which has one thread
bool is_played();                     // false before that: then nobody else is there
// What the runtime itself calls meanwhile, in this thread, is not played.
struct Aside {
    Aside();
    ~Aside();
};
int self();
Thread& thread(int number);
int threads();
int new_thread();            // its number
void begins_as(int number);  // of a new thread, by itself: returns when it has the turn
void wait_until_parked(int number);
[[noreturn]] void stop(End end);

// Stands in front of the step until it has the turn and the step is possible. False where its time was over before.
bool come_to(Step step);

// The step's trace: to be called right behind come_to, before anything else. `writes`: others can notice it.
Event& note(What what, std::uint64_t object, std::uint64_t place, bool writes);
void note_also(std::uint64_t object);  // the last step wrote this, too

// Whom to wake, of several: one of them.
int choose_waiter(const std::vector<int>& waiters);

// A step that changed nothing: after the same a few times, others go first.
void saw_nothing_new();

void watch_for_end();  // of this thread, which may be main and leave by pthread_exit: calls the next one
void end_of_thread();  // gives the turn away for good, unless it is the last: that one ends the program

std::int64_t now();  // virtual, in nanoseconds
void let_time_pass(std::int64_t nanoseconds);

}  // namespace explore
