// Chapter 8, offload_client: what its table and its slowdown say. Each test case is one criterion, run by itself;
// points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/modes.hpp"
#include "support/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace {

using namespace std::chrono_literals;

bool off(double saw, double right) {
    return std::abs(saw - right) > 1e-4 + 1e-3 * right;
}

// The clock is the grader's: each sample takes exactly as long as it lets pass.
std::string wrong_statistics(const std::vector<double>& seconds) {
    Offloader client({.mode = "process1", .samples = static_cast<int>(seconds.size())},
                     {.policy = {.one_clock = true}});
    Rest rest = client.settle();
    for (const double duration : seconds) {
        const auto request = client.asked_for("process1");
        if (!request) break;
        client.program.stage().pass(std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(duration)));
        rest = client.answer(*request);
    }
    const std::string problem = client.wrong_finish(rest, {client.right("process1")});
    if (!problem.empty()) return problem;
    const Row row = client.table()->front();
    if (row.mode == "process1" && row.samples == static_cast<int>(seconds.size()) && !off(row.mean, mean(seconds)) &&
        !off(row.deviation, deviation(seconds)))
        return "";
    char text[300] = "";
    std::snprintf(text, sizeof text,
                  "the row is %s,%d,%g,%g; it should be process1,%zu,%g,%g, because the samples took %s",
                  row.mode.c_str(), row.samples, row.mean, row.deviation, seconds.size(), mean(seconds),
                  deviation(seconds), seconds.size() == 1 ? "2.5 s" : "1.5, 0.25, 3 and 0.125 s");
    return text;
}

}  // namespace

TEST_CASE("statistics follow from the samples") {
    std::string problem = wrong_statistics({1.5, 0.25, 3, 0.125});
    if (problem.empty()) problem = wrong_statistics({2.5});
    judge(problem,
          {.saw = "for 4 samples of known length, and for 1, the mean and the sample standard deviation were right",
           .expected = "the table has the mean of the samples and their sample standard deviation, which divides "
                       "by one less than the number of samples, and is 0 for one sample",
           .why = "a mean alone does not say whether two modes differ, or only their samples",
           .read = readme(5)});
}

namespace {

// Each local function is to be done after so much processor time, where the function itself takes a second.
std::string wrong_slowdown(const std::string& slowdown, Nanoseconds right) {
    const Nanoseconds between_looks = right / 56;
    const Nanoseconds looking = 8 * between_looks;  // a thread that burns may look a few times more than it has to
    Offloader client({.mode = "none", .slowdown = slowdown}, {.policy = {.hold_processor_clocks = true}});
    const std::vector<Cost> costs = local_costs(client, between_looks);
    const std::string with = "with --slowdown " + slowdown + ", ";
    for (const std::string function : {"process1", "process2"}) {
        const auto cost =
            std::find_if(costs.begin(), costs.end(), [&](const Cost& each) { return each.function == function; });
        if (cost == costs.end()) return with + function + " was not computed by Work::here; " + client.situation();
        if (cost->time < right || cost->time > right + looking)
            return with + function + " took 1 s of processor time, and was announced as done after " +
                   in_words(cost->time) + " of it";
    }
    return "";
}

}  // namespace

TEST_CASE("slowdown multiplies the local work") {
    std::string problem = wrong_slowdown("1", 1s);
    if (problem.empty()) problem = wrong_slowdown("1000", 1000s);
    if (problem.empty()) problem = wrong_slowdown("3.5", 3500ms);
    judge(
        problem,
        {.saw = "the grader set the processor's clock: work of 1 s was done after 1 s, with "
                "--slowdown 3.5 after 3.5 s, and with 1000 after 1000 s",
         .expected = "with --slowdown F, each local function costs F times the processor time that it takes by itself",
         .why = "the device of the story is a small one: it takes longer for what it computes itself",
         .read = readme(5)});
}
