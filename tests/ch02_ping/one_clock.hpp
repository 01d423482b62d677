// The time of a program under Policy::one_clock: it passes step by step, and every sleep ends when it is over.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "grader/stage/program.hpp"

class OneClock {
  public:
    explicit OneClock(Program& program) : program_(program) {}

    Nanoseconds now() const { return now_; }  // since the beginning

    // Of a program that stands still: lets time go on until the next sleep is over and that sleeper goes on,
    // or until `limit`, whichever comes first. Does not settle.
    void go_on(Nanoseconds limit);

  private:
    using Sleep = std::pair<pid_t, std::uint64_t>;  // thread, call
    Program& program_;
    Nanoseconds now_{};
    std::map<Sleep, Nanoseconds> ends_;  // of the threads that were asleep at the last look
};
