// Where the executors of chapter 7 begin to pay, and which tasks give a published speed-up: from tables, not measured.
#include <cmath>

#include "bench/catch.hpp"
#include "support/demo/speedups_told.hpp"

namespace {

// 10 tasks, in turn 1 s without a delay and 10 s with the longest.
Comparison comparison(const std::vector<double>& seconds, double start = 0) {
    return {10, 4, {0, 1, 9}, {1, 2, 10}, {{"send_pool", seconds, start}}};
}

std::optional<std::size_t> pays(const std::vector<double>& seconds) {
    const Comparison all = comparison(seconds);
    return pays_from(all, all.executors[0]);
}

std::string told(const std::vector<double>& seconds) {
    const Comparison all = comparison(seconds);
    return pays_text(all, all.executors[0]);
}

std::optional<TaskList> tasks(double speedup, double start) {
    const Comparison all = comparison({1, 1, 3}, start);
    return tasks_for(speedup, all, all.executors[0]);
}

bool are(const std::optional<TaskList>& list, double tasks, double delay) {
    return list && std::abs(list->tasks - tasks) < 1e-9 && std::abs(list->delay - delay) < 1e-9;
}

}  // namespace

TEST_CASE("an executor pays from the delay on after which it is always faster") {
    CHECK(pays({0.5, 1, 2}) == 0U);
    CHECK(pays({1, 1, 2}) == 1U);  // as fast is no faster
    CHECK(pays({0.5, 3, 2}) == 2U);
    CHECK_FALSE(pays({0.5, 1, 10}));
}

TEST_CASE("where an executor pays is said of each with its own numbers") {
    CHECK(
        told({2, 1, 2}) ==
        "send_pool begins to pay between a delay of 0, where it is 0.50 times as fast, and one of 1000 ms, where it is "
        "2.00 times as fast.");
    CHECK(told({0.5, 1, 2}) == "send_pool pays at all of these delays: it is 2.00 times as fast at the shortest.");
    CHECK(told({0.5, 1, 20}) == "send_pool does not pay: at a delay of 9000 ms it is 0.50 times as fast.");
}

TEST_CASE("a start counts where it is measured") {
    const Comparison all = comparison({1, 1, 3}, 2);
    CHECK(speedup(all, all.executors[0], 2, Start::left_out) == 10.0 / 3);
    CHECK(speedup(all, all.executors[0], 2, Start::measured) == 2);
}

TEST_CASE("a speed-up that the start allows is that of a delay between the measured ones") {
    CHECK(are(tasks(1, 0.5), 10, 0.5));        // halfway, in turn 1.5 s: 1 s, and 0.5 s for the start
    CHECK(are(tasks(2, 2), 10, 9));            // at the end
    CHECK(are(tasks(1, 3), 10, 1 + 8.0 / 3));  // a third of the way from 1 to 9: 14 / 3 s in turn, and 5 / 3 s and 3 s
    CHECK_FALSE(tasks(5, 0));                  // more than there is
}

TEST_CASE("a speed-up below that of the shortest delay is that of fewer tasks") {
    // n tasks are n / 10 s in turn; n / 10 s and 1 s for the start are four times that for n = 10 / 3.
    CHECK(are(tasks(0.25, 1), 10.0 / 3, 0));
    CHECK_FALSE(tasks(0.25, 0));  // the start is what makes it slow
}

TEST_CASE("the published speed-ups are explained for each executor, with its tasks") {
    Comparison all = comparison({1, 1, 3}, 0.5);
    all.executors.push_back({"send_processes", {1, 1, 3}, 1});
    all.executors.push_back({"send_mpi", {1, 1, 3}, 40});
    const std::string text = published_text(all);
    const auto says = [&](const std::string& words) { return text.find(words) != std::string::npos; };
    CHECK(says(
        "send_pool gets 2.13 with 10 tasks at a delay of 3556 ms, send_processes gets 0.09 with 1 task without a"));
    CHECK(says("send_mpi gets 0.09 with 10 tasks at a delay of 2729 ms."));
    CHECK(says("are 2.86, 2.50 and 0.23 times as fast."));
}

TEST_CASE("numbers of every size can be read") {
    CHECK(speedup_text(0.00243) == "0.0024");
    CHECK(speedup_text(0.09) == "0.09");
    CHECK(speedup_text(0.3) == "0.30");
    CHECK(speedup_text(12.34) == "12.3");
    CHECK(milliseconds(0.00015) == "0.15 ms");
    CHECK(milliseconds(0.9124) == "912 ms");
    CHECK(delay_text(0) == "0");
    CHECK(delay_text(0.0005) == "0.5 ms");
}
