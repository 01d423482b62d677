// What a picture tells of an order, and how it is drawn.
#include "grader/explore/history.hpp"

#include <algorithm>

#include "bench/catch.hpp"
#include "grader/compile/build.hpp"
#include "grader/explore/picture.hpp"
#include "grader/explore/standing.hpp"
#include "grader/explore/story.hpp"
#include "small_kit.hpp"

namespace {

using namespace explore;

// The first argument chooses: what it prints is right or wrong.
const char* const source = R"(#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>

std::atomic<int> sum = 0;
void add() {
    const int seen = sum;
    sum = seen + 1;
}

std::mutex mutex;
std::condition_variable told;
bool flag = false;
void hear(bool looks) {
    std::unique_lock lock(mutex);
    while (looks && !flag) told.wait(lock);
    if (!looks) told.wait(lock);
}
void tell() {
    const std::scoped_lock lock(mutex);
    flag = true;
    told.notify_one();
}

int main(int, char** arguments) {
    if (std::strcmp(arguments[1], "adds") == 0) {
        std::thread one(add), other(add);
        one.join();
        other.join();
        std::puts(sum == 2 ? "right" : "wrong");
        return 0;
    }
    const bool looks = std::strcmp(arguments[1], "looks") == 0;
    std::thread hears([looks] { hear(looks); }), tells(tell);
    hears.join();
    tells.join();
    std::puts("right");
})";

int line_of(const std::string& part) {
    const std::string text = source;
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(text.find(part)), '\n'));
}

std::filesystem::path program() {
    static const SmallKit kit;
    static const Built built = build(kit.kit(), "labs/ch05_shared_memory/told.cpp", source, Flavour::explored);
    INFO(built.error);
    REQUIRE(built.ok);
    return built.executable;
}

std::string wrong(const Player& player) {
    const std::string end = wrong_end(player, "told", {"main", "hears", "tells"});
    return !end.empty() || player.output() == "right\n" ? end : "it does not say that all is right";
}

// Of the first order that breaks the program.
History broken(const std::string& argument, const Names& names = {}) {
    Player player(program(), {argument});
    const std::string problem = search(player, 1'000, wrong).problem;
    REQUIRE(problem != "");
    const Choices choices = player.choices();
    const Decision decision = decision_of(player, choices, 1'000, wrong);
    player.prune(false);
    player.play(choices);
    return history_of(player, {"told", source, names, problem, decision});
}

std::vector<std::string> told_by(const History& history, int thread) {
    std::vector<std::string> told;
    for (const Row& row : history.rows)
        if (row.thread == thread && row.weight != Weight::none) told.push_back(row.what);
    return told;
}

const Row& row_that(const History& history, const std::string& what) {
    const auto row = std::find_if(history.rows.begin(), history.rows.end(),
                                  [&](const Row& one) { return one.what.find(what) != std::string::npos; });
    INFO(what);
    REQUIRE(row != history.rows.end());
    return *row;
}

}  // namespace

TEST_CASE("a lost update is told with the values, and the step that decided") {
    const History history = broken("adds");
    CHECK(told_by(history, 1) ==
          std::vector<std::string>{"reads 0", "is held up before it writes an atomic", "writes 1 over 1", "ends"});
    CHECK(told_by(history, 2) == std::vector<std::string>{"reads 0", "writes 1 over 0", "ends"});
    const Row& decides = row_that(history, "reads 0");
    CHECK(decides.line == line_of("const int seen"));
    CHECK(decides.code == "const int seen = sum;");
    CHECK_FALSE(decides.decides);
    CHECK(history.decision == "From there on every order breaks. Had T1 moved instead, it could still end well.");
    CHECK(std::count_if(history.rows.begin(), history.rows.end(), [](const Row& row) { return row.decides; }) == 1);
    CHECK(history.schedule == "main T1*2 T2 T1 main");
}

TEST_CASE("who made, woke and joined whom, and who waits, is in the lanes") {
    Player player(program(), {"looks"});
    player.play({});
    const History history = history_of(player, {"told", source, {"main", "hears", "tells"}});
    CHECK(history.threads == Names{"main", "hears", "tells"});
    const Row& starts = row_that(history, "starts hears and tells");
    CHECK(starts.reaches == std::vector<int>{1, 2});
    CHECK(starts.line == line_of("std::thread hears"));
    const Row& waits = row_that(history, "waits, and gives the lock back");
    CHECK(waits.line == line_of("while (looks"));
    CHECK(waits.lanes[1].waits);
    CHECK_FALSE(waits.lanes[1].holds);
    const Row& wakes = row_that(history, "wakes hears");
    CHECK(wakes.reaches == std::vector<int>{1});
    CHECK(wakes.lanes[2].holds);
    CHECK(wakes.lanes[1].waits);  // for the lock now
    const Row& awake = row_that(history, "is awake, and has the lock");
    CHECK(awake.lanes[1].holds);
    CHECK(row_that(history, "waits for hears to end").lanes[0].waits);
    CHECK_FALSE(row_that(history, "has joined hears").lanes[1].is_there);
}

TEST_CASE("a notify that no thread heard is told, and the rest is short") {
    const History history = broken("hears", {"main", "hears", "tells"});
    CHECK(history.verdict.find("hears waits to be woken") != std::string::npos);
    CHECK(row_that(history, "notifies, but no thread waits").weight == Weight::key);
    const History brief = shortened(history, 5);
    CHECK(brief.rows.size() <= 5);
    row_that(brief, "notifies, but no thread waits");
    const auto steps = [](const History& one) {
        int sum = 0;
        for (const Row& row : one.rows) sum += row.steps;
        return sum;
    };
    CHECK(steps(brief) == steps(history));
}

TEST_CASE("a picture fits the screen, in plain characters too, and its signs are explained") {
    const History history = broken("hears", {"main", "a long name", "another long name"});
    for (const bool utf8 : {true, false}) {
        const std::string text = picture(history, {{{false}, utf8}});
        for (const std::string& line : wrap(text, 1'000)) CHECK(columns(line) <= screen_columns);
        CHECK(text.find(utf8 ? "◆ decides" : "@ decides") != std::string::npos);
        const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
        CHECK(is_plain == !utf8);
    }
}

TEST_CASE("a picture as SVG is read aloud, has both colour schemes and no script") {
    const std::string svg = svg_picture(broken("adds", {"main", "<1>", "2"}), "told & broken");
    CHECK(svg.find("<title id=\"title\">told &amp; broken</title>") != std::string::npos);
    CHECK(svg.find("&lt;1&gt; writes 1 over 1 (line " + std::to_string(line_of("sum = seen")) + ")") !=
          std::string::npos);
    for (const char* part : {"role=\"img\"", "<desc", "prefers-color-scheme: dark"})
        CHECK(svg.find(part) != std::string::npos);
    CHECK(svg.find("<script") == std::string::npos);
}

TEST_CASE("at a choice it is known what each thread would do, and what the others wait for") {
    const Names names = {"main", "hears", "tells"};
    const Telling telling{"told", source, names, "", {}};
    Player player(program(), {"looks"});
    player.play_up_to({});
    REQUIRE(player.order().end == End::halted);
    std::vector<Standing> all = standing_in(player, telling);
    REQUIRE(all.size() == 2);
    CHECK(all[0].what == "starts a thread");
    CHECK(all[1].what == "begins");
    CHECK(all[1].option == 1);
    player.play_up_to({1, 0});  // it begins, and locks
    all = standing_in(player, telling);
    CHECK(all[0].thread == 1);
    CHECK(all[0].what == "waits, and gives the lock back");
    CHECK(all[0].line == line_of("while (looks"));
    CHECK(all[0].holds);
    CHECK_FALSE(all[1].holds);
}

TEST_CASE("pictures to look at", "[.]") {
    for (const char* argument : {"adds", "hears"}) {
        const History history = broken(argument);
        std::puts(picture(history, {{{true}, true}}).c_str());
        std::puts(picture(shortened(history, 8), {{{false}, false}, 67, false}).c_str());
        std::puts(svg_picture(history, "told, an order that breaks it").c_str());
    }
}
