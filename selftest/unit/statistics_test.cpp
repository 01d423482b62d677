// What samples amount to.
#include "support/statistics.hpp"

#include <cmath>

#include "bench/catch.hpp"

TEST_CASE("the median is the one in the middle, or halfway between two") {
    CHECK(median({3}) == 3);
    CHECK(median({9, 1, 2}) == 2);
    CHECK(median({4, 1, 2, 100}) == 3);
    CHECK(median({5, 5, 5, 5}) == 5);
}

TEST_CASE("the deviation is divided by one less than there are samples") {
    CHECK(mean({2, 4, 9}) == 5);
    CHECK(deviation({1, 3, 5, 7, 9, 11, 13}) == std::sqrt(112.0 / 6));
    CHECK(deviation({7}) == 0);
}
