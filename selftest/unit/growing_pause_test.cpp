// Pauses before something is tried again.
#include "support/growing_pause.hpp"

#include <set>

#include "bench/catch.hpp"

using namespace std::chrono_literals;

TEST_CASE("each pause is longer than the one before, and no two clients pause alike") {
    std::set<Duration> first_ones;
    for (int client = 0; client < 100; ++client) {
        Duration last{};
        for (int again = 1; again <= 6; ++again) {
            const Duration pause = growing_pause(again, 50ms, 10s);
            CHECK(pause > last);
            last = pause;
            if (again == 1) first_ones.insert(pause);
        }
    }
    CHECK(first_ones.size() > 90);
    CHECK(*first_ones.begin() >= 35ms);
    CHECK(*first_ones.rbegin() <= 65ms);
}

TEST_CASE("a pause grows up to the longest one, however often something failed") {
    for (const int again : {4, 5, 1'000'000}) {
        const Duration pause = growing_pause(again, 50ms, 300ms);
        CHECK(pause >= 210ms);
        CHECK(pause <= 390ms);
    }
}
