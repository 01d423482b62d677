// What chapter 7's programs print, and what they show meanwhile on a terminal.
#include "support/send_report.hpp"

#include <regex>
#include <string>
#include <thread>

#include "bench/catch.hpp"
#include "shown.hpp"

namespace {

SendOptions options_for(int tasks, int samples) {
    SendOptions options;
    options.executor = "send_somehow";
    options.tasks = tasks;
    options.samples = samples;
    return options;
}

// Two samples of two tasks. The third task fails, where it is to.
int report_four(bool third_fails) {
    SendReport report(options_for(2, 2));
    for (int sample = 0; sample < 2; ++sample) {
        for (const int task : report.begin_sample()) {
            report.begin(task);
            report.end(task, task == 3 && third_fails ? Outcome{false, "no luck", 3} : Outcome{true, "", task % 2});
        }
        report.end_sample();
    }
    return report.finish();
}

constexpr const char* header = "executor,samples,mean_s,median_s,stdev_s,min_s,max_s,tasks_per_s,errors,retries\n";

}  // namespace

TEST_CASE("a line for each task of the first sample, and a table of all samples") {
    const Shown shown = shown_by([] { return report_four(false); }, false);
    const std::string begin = std::string("task 1: ok\ntask 2: ok\n") + header;
    CAPTURE(shown.lines);
    REQUIRE(shown.lines.substr(0, begin.size()) == begin);
    CHECK(std::regex_match(shown.lines.substr(begin.size()),
                           std::regex("send_somehow,2,[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+,0,2\n")));
    CHECK(shown.terminal.empty());
    CHECK(shown.exit_code == 0);
}

TEST_CASE("errors and retries are counted over all samples, and one error is exit code 1") {
    const Shown shown = shown_by([] { return report_four(true); }, false);
    CHECK(shown.lines.find(",1,4\n") != std::string::npos);
    CHECK(shown.exit_code == 1);
}

TEST_CASE("a failure is printed with its reason; one sample has no deviation") {
    const Shown shown = shown_by(
        [] {
            SendReport report(options_for(1, 1));
            report.begin_sample();
            report.end(1, {false, "no luck", 0});
            report.end_sample();
            return report.finish();
        },
        false);
    CHECK(shown.lines.rfind(std::string("task 1: failed: no luck\n") + header, 0) == 0);
    CHECK(std::regex_search(shown.lines, std::regex("send_somehow,1,([0-9.]+),\\1,,\\1,\\1,[0-9.]+,1,0\n$")));
    CHECK(shown.exit_code == 1);
}

TEST_CASE("a task that was never done is exit code 1") {
    const Shown shown = shown_by(
        [] {
            SendReport report(options_for(2, 1));
            report.begin_sample();
            report.end(2, {true, "", 0});
            report.end_sample();
            return report.finish();
        },
        false);
    CHECK(shown.exit_code == 1);
}

TEST_CASE("each sample has tasks of its own numbers") {
    SendReport report(options_for(3, 2));
    CHECK(report.begin_sample() == std::vector<int>{1, 2, 3});
    report.end_sample();
    CHECK(report.begin_sample() == std::vector<int>{4, 5, 6});
}

TEST_CASE("threads may report at the same time") {
    const Shown shown = shown_by(
        [] {
            SendReport report(options_for(400, 1));
            report.begin_sample();
            {
                std::vector<std::jthread> threads;
                for (int first : {1, 101, 201, 301}) {
                    threads.emplace_back([&report, first] {
                        for (int task = first; task < first + 100; ++task) report.end(task, {true, "", 1});
                    });
                }
            }
            report.end_sample();
            return report.finish();
        },
        true);
    CHECK(std::count(shown.lines.begin(), shown.lines.end(), '\n') == 402);
    CHECK(shown.lines.find(",0,400\n") != std::string::npos);
    CHECK(shown.exit_code == 0);
}

TEST_CASE("on a terminal it is shown how many tasks are done and in flight, and in the end nothing") {
    const Shown shown = shown_by([] { return report_four(true); }, true);
    const std::string& text = shown.terminal;
    CAPTURE(text);
    std::size_t at = 0;
    for (const char* const words : {"sample 1 of 2: 0 of 2 done, 1 in flight, errors 0, retries 0, ",
                                    "sample 1 of 2: 2 of 2 done, 0 in flight, errors 0, retries 1, ",
                                    "sample 2 of 2: 1 of 2 done, 1 in flight, errors 1, retries 4, ", " tasks/s"}) {
        at = text.find(words, at);
        CAPTURE(words);
        CHECK(at < text.size());
    }
    const std::string wiped = "\r\x1b[K";
    CHECK(text.rfind(wiped) == text.size() - wiped.size());
    CHECK(shown.lines.find("sample 1") == std::string::npos);
}
