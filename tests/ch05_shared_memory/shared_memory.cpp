// Chapter 5: what is asked of all its programs. Each test case is one criterion, run by itself, for the
// program that ./kit grade names; points are in labs/labs.json.
#include "ch05_shared_memory/shared_memory.hpp"

#include "bench/catch.hpp"

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

std::string sanitized_run(Flavour flavour) {
    if (const std::string none = no_sanitized_build(flavour); !none.empty()) return none;
    return fetches()  ? fetch_threads_sanitized(flavour)
           : queues() ? bounded_queue_sanitized(flavour)
                      : scaling_sanitized(flavour);
}

}  // namespace

TEST_CASE("joins every thread") {
    std::size_t joined = 0;
    const std::string problem = fetches()  ? fetch_threads_joins(joined)
                                : queues() ? bounded_queue_joins(joined)
                                           : scaling_joins(joined);
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "main waited for each of " + std::to_string(joined) + " threads to make its very last step"
                      : problem,
           .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
           .why = "a thread that outlives main's variables goes on with what is no longer there",
           .read = readme(last_step())});
}

TEST_CASE("has no data race") {
    const std::string problem = sanitized_run(Flavour::thread_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "to the end under ThreadSanitizer: nothing to report" : problem,
           .expected = "no memory that one thread writes while another uses it without a lock or an atomic",
           .why = "a race may give right results a thousand times and a wrong one on the day that counts",
           .read = readme(fetches()  ? 1
                          : queues() ? 4
                                     : 7)});
}

TEST_CASE("has no memory error") {
    const std::string problem = sanitized_run(Flavour::address_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "to the end under AddressSanitizer and UBSan: nothing to report" : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "what one thread borrows from another has to be there for as long as it is used",
           .read = readme(last_step())});
}

TEST_CASE("refuses bad flags") {
    if (fetches()) refuse_bad_urls();
    else if (queues()) refuse_bad_queues();
    else refuse_bad_scalings();
}
