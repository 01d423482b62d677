// A program's threads, all of them still from their births on, and moved one at a time (microscope.hpp).
//
//   Crew crew({"--threads", "4"});
//   crew.gather(4);                  // until four threads are there; none of them has begun
//   crew.move(crew.members()[2]);    // the third alone, until it waits for somebody, or ends
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/bench.hpp"
#include "grader/debug/microscope.hpp"

class Crew : public Bench {
  public:
    // The policy's hold_start is seen to. What the program needs of its libraries is looked up when it starts,
    // not by its threads as they go.
    explicit Crew(const Words& arguments, Policy policy = {});

    Microscope microscope;

    // Goes on until so many threads are there at once, none of them moved without need. Says what came instead,
    // or "". `main_joins_in`: moves main, which may be one of them, until it is seen to be: false where it is
    // not seen to.
    std::string gather(std::size_t threads, const std::function<bool()>& main_joins_in = {});
    const std::vector<pid_t>& members() const { return members_; }  // who was gathered, in order of birth
    std::vector<pid_t> others(pid_t member) const;
    std::string name(pid_t thread) const;  // "thread 2"

    // One thread alone, at full speed, until it waits for somebody or ends. False where it does not get
    // on: it waits already, is gone, or runs on and on.
    bool move(pid_t thread);

    bool wake_sleepers();  // false where nobody sleeps by time

    // Everybody to the end, one after the other, main last of all.
    enum class Order { oldest_first, newest_first };
    void finish(Order order = Order::oldest_first);

  private:
    std::vector<pid_t> members_;
};
