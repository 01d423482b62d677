// Who has which lock and sleeps for what, step by step along one order.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "grader/explore/history.hpp"
#include "grader/explore/shared_order.hpp"

namespace explore {

class World {
  public:
    explicit World(const SharedOrder& order);

    void make(std::uint32_t event);  // each in turn

    // Whom the last step has made or woken.
    const std::vector<int>& reached() const { return reached_; }

    // The step that the thread stands before; none where it makes no other in this order.
    const Event* next_of(int thread) const;
    std::vector<Lane> lanes() const;
    int holder_of(std::uint64_t lock, int other_than) const;                // -1: none
    bool is_asleep(int thread) const { return asleep_.count(thread) > 0; }  // until another thread wakes it
    bool has_ended(int thread) const { return ended_[static_cast<std::size_t>(thread)]; }

  private:
    bool is_kept(int thread) const;
    bool is_kept(int thread, What what, std::uint64_t object) const;
    void wake_all(std::uint64_t object);
    void arrive(const Event& step);

    const SharedOrder& order_;
    std::uint32_t now_ = 0;
    std::array<std::vector<std::uint32_t>, most_threads> own_;
    std::array<bool, most_threads> there_{}, ended_{};
    std::map<std::uint64_t, std::map<int, int>> holders_;  // how often each thread has that lock
    std::map<int, std::uint64_t> asleep_;                  // on what
    std::vector<int> reached_;
};

}  // namespace explore
