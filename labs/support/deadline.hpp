// A moment until which something is waited for.
#pragma once

#include <chrono>

#include "support/duration.hpp"

class Deadline {
  public:
    // So long from now. Duration::max(): never.
    explicit Deadline(Duration time);

    // Blocks until poll reports one of these events for the descriptor, or an error. False where the time is up first.
    bool wait_for(int descriptor, short events) const;

  private:
    using Clock = std::chrono::steady_clock;

    int milliseconds_left() const;  // as poll takes them: -1 is for ever

    const Clock::time_point moment_;
};
