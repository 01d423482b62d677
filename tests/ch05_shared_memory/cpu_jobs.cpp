// Chapter 5, scaling: jobs that compute. A criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/crew.hpp"
#include "bench/standing.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "ch05_shared_memory/watched_rows.hpp"
#include "grader/debug/freezer.hpp"

#include <sys/syscall.h>

#include <set>

namespace {

// A job ends by the processor time that it has used: it has to ask the kernel for that.
const std::vector<long> begins_a_job = {SYS_clock_gettime, SYS_getrusage};

// Moves all threads, one after the other, until each is about to begin a job, waits or has ended. Those about to begin.
std::set<pid_t> to_their_jobs(Microscope& microscope) {
    std::set<pid_t> at_a_job;
    for (bool moved = true; moved;) {
        moved = false;
        std::vector<pid_t> threads = microscope.alive();
        threads.push_back(microscope.main());
        for (const pid_t thread : threads) {
            if (at_a_job.contains(thread) || microscope.has_ended(thread) || microscope.blocked(thread)) continue;
            const Stop stop = microscope.run(thread, begins_a_job);
            if (stop == Stop::call) at_a_job.insert(thread);
            moved = stop != Stop::busy;
        }
    }
    return at_a_job;
}

std::string cpu_jobs_not_shared() {
    Crew crew(scaling_flags("cpu", 16, 2), {.hold_sleeps = false});
    const std::set<pid_t> alone = to_their_jobs(crew.microscope);
    if (alone.size() != 1)
        return counted(alone.size(), "thread", "threads") + " began a job in the row of 1 thread; " + crew.situation();
    while (crew.microscope.run(*alone.begin()) == Stop::blocked && crew.wake_sleepers()) {
    }
    if (to_their_jobs(crew.microscope).size() == 2) return "";
    return "in the row of 2 threads, while one thread was held at its first job, the other one began none; " +
           crew.situation();
}

// Freely, but for the last steps: what the jobs have used of the processor, once all threads are done.
std::string cpu_jobs_use_none() {
    constexpr int jobs = 50, rows = 2;
    Bench bench(scaling_flags("cpu", jobs, 2), {.policy = {.hold_sleeps = false, .hold_ends = true}});
    Program& program = bench.program;
    Rest rest = program.settle();
    for (; rest == Rest::standstill; rest = program.settle()) {
        if (!program.stage().held(Held::Kind::process_end).empty()) break;
        const std::vector<Held> ends = program.stage().held(Held::Kind::thread_end);
        for (const Held& end : ends) program.wake(end);
        if (ends.empty()) break;
    }
    if (program.stage().held(Held::Kind::process_end).empty()) return "the program hangs: " + bench.situation();
    const double used = processor_seconds_of(program.process());
    if (used >= jobs * rows * 0.001) return "";
    return std::to_string(jobs) + " cpu jobs in each of " + std::to_string(rows) + " rows used " +
           in_words(Nanoseconds(static_cast<long>(used * 1e9))) + " of processor time in all, less than 1 ms per job";
}

}  // namespace

TEST_CASE("cpu jobs are shared, too") {
    std::string problem = cpu_jobs_not_shared();
    if (problem.empty()) problem = cpu_jobs_use_none();
    judge(problem,
          {.saw = "both threads of a row began a job while the other one was held; the jobs used the processor",
           .expected = "every thread of the row calls do_job with --work cpu",
           .why = "threads that wait gain with their number, threads that compute with the number of cores: the "
                  "table has to show both",
           .read = readme(7)});
}
