// What a chat's server can tell of itself.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/chat_json.hpp"

// Bytes that went over all connections.
struct Traffic {
    std::int64_t received = 0, sent = 0;
};

class Statistics {
  public:
    using Clock = std::chrono::steady_clock;

    void count_message(Clock::time_point now);
    void count_error() { ++errors_; }
    void count_handled(Clock::duration time);

    ChatStats now(std::int64_t clients, const Traffic& traffic) const;

  private:
    struct Second {
        std::int64_t number = -1, messages = 0;
    };
    static constexpr std::int64_t seconds_seen = 10;  // what "a second" is the mean of
    static constexpr std::size_t times_seen = 10'000;

    std::int64_t second_of(Clock::time_point time) const;

    Clock::time_point start_ = Clock::now();
    std::int64_t messages_ = 0, errors_ = 0;
    std::array<Second, seconds_seen> seconds_;  // second number N at N modulo their number
    std::vector<double> times_;                 // in seconds: the last ones, in a ring
    std::size_t next_time_ = 0;
};
