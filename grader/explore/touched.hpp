// In front of which steps it matters who has the turn.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "grader/explore/shared_order.hpp"

namespace explore {

// Which threads came to each object, in all orders so far. To take the turn from a thread in front of a step that no other
// one can notice is to take it in front of a later one. So it is in front of an unlock: as long as the lock is held, nobody
// does anything with it but wait, unless somebody only tries.
class Touched {
  public:
    // False where more is known now of an object that earlier orders came to: it is shared, or tried.
    bool add(const SharedOrder& order);

    // Of a program whose objects are at other places in each order nothing is known in advance.
    void forget_all() { knows_ = false; }

    bool matters(const Event& event) const;

  private:
    struct Users {
        std::uint32_t threads = 0;  // a bit each
        bool tried = false;
    };

    bool knows_ = true;
    std::unordered_map<std::uint64_t, Users> by_;
};

}  // namespace explore
