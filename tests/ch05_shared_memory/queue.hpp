// bounded_queue's threads, moved one at a time: what its criteria share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/crew.hpp"

struct QueuePlan {
    int capacity = 4, producers = 2, consumers = 2;
    long items = 20;
    Words arguments() const;
};
std::string in_plan(const QueuePlan& plan,
                    const std::string& problem);  // "PROBLEM; this was with --capacity 4 ..."; "" for ""

// How the program's only line is wrong; "" where it is not. `peak`: what the grader knows it was.
std::string wrong_line(const Words& lines, const QueuePlan& plan, std::optional<long> peak = {});

// Which threads put and which take, by order of birth: found out by moving each of them alone, in a program of its own
// each time. Says what came instead, or "".
struct Roles {
    std::vector<std::size_t> producers, consumers;
};
std::string find_roles(const QueuePlan& plan, Roles& roles);

// What `look` finds wrong with programs whose producers and consumers are known, or "".
std::string with_roles(const QueuePlan& plan, const std::function<std::string(const Roles&)>& look);

// Two producers and two consumers. One producer is stopped with a lock that the others wait for, if it ever has one;
// then one after the other unlocks it. Says which thread is forgotten, or "".
std::string forgotten_waiter(const Roles& roles);

class Queue : public Crew {
  public:
    explicit Queue(const QueuePlan& plan);  // all there, none moved

    const std::string& absent() const { return absent_; }  // why not all threads are there, or ""
    pid_t member(std::size_t born) const { return members()[born]; }

    // Moves those one after the other, again and again, until none of them gets on.
    void move_all(const std::vector<std::size_t>& who);
    bool has_ended(std::size_t born) const { return microscope.has_ended(member(born)); }
    std::size_t ended(const std::vector<std::size_t>& who) const;
    // True where one of them could go on by itself now: it was woken.
    bool can_go_on(const std::vector<std::size_t>& who);

    // Moves this thread alone to just after its nth atomic instruction: that may have been a lock's. False where it
    // has fewer on its way.
    bool stop_behind_atomic(pid_t thread, int nth);
    // Moves it just as far as it takes for one of those to go on, which are blocked: that one, or 0.
    pid_t wakes_one_of(pid_t mover, const std::vector<pid_t>& waiting);

    // Lets all go on. How the end or the line is wrong, or "".
    std::string wrong_to_the_end(std::optional<long> peak = {});

  private:
    QueuePlan plan_;
    std::string absent_;
};
