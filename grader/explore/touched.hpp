// In front of which steps it matters who has the turn.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "grader/explore/shared_order.hpp"

namespace explore {

// Which threads came to each object, in all orders so far. To take the turn from a thread in front of a step that no other
// one can notice is to take it in front of a later one. So it is in front of an unlock: as long as the lock is held, nobody
// does anything with it but wait, unless somebody only tries.
class Touched {
  public:
    // The objects that earlier orders came to, and of which more is known now: they are shared, or tried.
    std::vector<std::uint64_t> add(const SharedOrder& order);

    // As far as is known; of a step that others see, more may be known later.
    bool matters(const Event& event) const;
    static bool is_seen_by_others(const Event& event);

  private:
    struct Users {
        std::uint32_t threads = 0;  // a bit each
        bool tried = false;
    };

    std::unordered_map<std::uint64_t, Users> by_;
};

}  // namespace explore
