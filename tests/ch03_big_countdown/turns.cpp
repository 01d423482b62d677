// Chapter 3, big_countdown_contention: the turns that threads take under a global lock. A criterion, run by itself;
// points are in chapter.json.
//
// Threads run freely, and their processor time is compared with one another's.
#include "bench/catch.hpp"
#include "bench/ends.hpp"
#include "bench/standing.hpp"
#include "ch03_big_countdown/counting.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <numeric>
#include <set>

namespace {

using Ticks = std::map<pid_t, double>;  // each thread's processor time so far, in seconds

Ticks processor_times(const Program& program) {
    Ticks times;
    for (const Task& task : program.tasks()) {
        if (!task.ended()) times[task.thread] = std::chrono::duration<double>(processor_time(task)).count();
    }
    return times;
}

// The processor time that each of the same threads has used since; empty where they are others.
std::vector<double> used_since(const Ticks& then, const Ticks& now) {
    std::vector<double> used;
    for (const auto& [thread, time] : now) {
        if (!then.count(thread)) return {};
        used.push_back(time - then.at(thread));
    }
    if (used.size() != then.size()) return {};
    std::sort(used.rbegin(), used.rend());
    return used;
}

double sum_of(const std::vector<double>& used) {
    return std::accumulate(used.begin(), used.end(), 0.0);
}

// Adds who waits to `arrived`: for a turn or, where main does not count, for the others' ends.
void note_waiting(const Program& program, std::set<pid_t>& arrived) {
    for (const Task& task : program.tasks())
        if (task.blocked()) arrived.insert(task.thread);
}

bool all_blocked(const Program& program) {
    const std::vector<Task> tasks = program.tasks();
    return std::all_of(tasks.begin(), tasks.end(), [](const Task& task) { return task.ended() || task.blocked(); });
}

// Runs freely, and looks at how the threads of one and the same crew share the processor, until `seen`
// is true of what they used since all but the runner have been seen to wait: a thread that has not come yet, because
// the machine has other things to do, cannot have a turn. "" then; else what happened first, which is `missed` where
// the program ends.
std::string watch(const std::string& interval, double least, const std::string& missed,
                  const std::function<bool(const std::vector<double>&)>& seen) {
    constexpr int looks_before_a_proof = 50;   // a turn that is handed on may look like a standstill once
    for (int tries = 0; tries < 3; ++tries) {  // the grader may be kept off the processor for long
        Program program(executable(),
                        {"--count", "300M", "--threads", "3", "--sharing", "gil", "--switch-interval", interval},
                        setting());
        Ticks then = processor_times(program);
        std::set<pid_t> arrived;
        int still = 0;
        while (!program.ending()) {
            while (program.pump()) {
            }
            program.pause();
            still = all_blocked(program) ? still + 1 : 0;
            if (still > 0 && still % looks_before_a_proof == 0 && program.settle() == Rest::standstill)
                return "with --switch-interval " + interval + ": " + wrong_end(program, Rest::standstill);
            note_waiting(program, arrived);
            const Ticks now = processor_times(program);
            const bool all_there = arrived.size() + 1 >= now.size();
            const std::vector<double> used = used_since(then, now);
            if (used.empty()) arrived.clear();
            if (used.size() < crew_size || !all_there) then = now;
            else if (sum_of(used) < least) continue;
            else if (seen(used)) return "";
        }
    }
    return "with --switch-interval " + interval + ", " + missed;
}

std::string no_turns() {
    constexpr double part = 0.1;
    const std::string starved =
        watch("1ms", 0.02, "one thread ran to its end before all three had their turns",
              [&](const std::vector<double>& used) { return used[crew_size - 1] > part * sum_of(used); });
    if (!starved.empty()) return starved;
    return watch("1h", 0.03, "the threads took turns nevertheless",
                 [&](const std::vector<double>& used) { return used[1] < part * sum_of(used); });
}

}  // namespace

TEST_CASE("gil: every thread gets its turns") {
    judge(no_turns(),
          {.saw = "with --switch-interval 1ms all three threads had their turns, and with 1h one of them ran on alone",
           .expected = "a thread hands the lock over after each --switch-interval, to a thread that waits for it",
           .why = "a thread that keeps the lock to its end makes the others starve: then the threads run one after the "
                  "other",
           .read = readme(8)});
}
