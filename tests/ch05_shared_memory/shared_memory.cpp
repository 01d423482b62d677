// Chapter 5: what is asked of all its programs. Each test case is one criterion, run by itself, for the
// program that ./kit grade names; points are in chapter.json.
#include "ch05_shared_memory/shared_memory.hpp"

#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"

std::string readme(int step) {
    return "labs/ch05_shared_memory/README.md#step-" + std::to_string(step);
}

namespace {

bool fetches() {
    return program_name() == "fetch_threads";
}

bool queues() {
    return program_name() == "bounded_queue";
}

// The step of the README that says how threads end.
int last_step() {
    return fetches() ? 3 : queues() ? 6 : 7;
}

int step_of_races() {
    return fetches() ? 1 : queues() ? 4 : 7;
}

std::string sanitized_run(Flavour flavour) {
    return fetches()  ? fetch_threads_sanitized(flavour)
           : queues() ? bounded_queue_sanitized(flavour)
                      : scaling_sanitized(flavour);
}

}  // namespace

TEST_CASE("joins every thread") {
    judge_joins(fetches()  ? fetch_threads_joins()
                : queues() ? bounded_queue_joins()
                           : scaling_joins(),
                readme(last_step()));
}

TEST_CASE("is right in whatever order its threads are moved") {
    if (fetches()) judge_orders_of_fetch_threads();
    else if (queues()) judge_orders_of_bounded_queue();
    else judge_orders_of_scaling();
}

TEST_CASE("has no data race") {
    judge(standing::no_data_race, {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
                                   .saw = "ThreadSanitizer has nothing to report",
                                   .read = readme(step_of_races())});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error, {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
                                      .saw = "AddressSanitizer and UBSan have nothing to report",
                                      .read = readme(last_step())});
}

TEST_CASE("refuses bad flags") {
    if (fetches()) refuse_bad_urls();
    else if (queues()) refuse_bad_queues();
    else refuse_bad_scalings();
}
