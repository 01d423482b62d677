// How much each step of an order says about what went wrong.
#pragma once

#include <vector>

#include "grader/explore/history.hpp"
#include "grader/explore/shared_order.hpp"

namespace explore {

// By event. None: no other thread could tell that it was made.
std::vector<Weight> weights_of(const SharedOrder& order);

}  // namespace explore
