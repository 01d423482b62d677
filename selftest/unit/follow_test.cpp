// Orders in words, played.
#include "grader/explore/follow.hpp"

#include "bench/catch.hpp"
#include "grader/compile/build.hpp"
#include "grader/explore/broken_order.hpp"
#include "grader/explore/story.hpp"
#include "ground/usage_error.hpp"
#include "small_kit.hpp"

namespace {

using namespace explore;

// Two threads sleep, a third wakes one of them and then the other: which first shows in the output.
const char* const source = R"(#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable told;
int woken = 0;

int main() {
    int next = 0;
    const auto sleep = [&](int who) {
        std::unique_lock lock(mutex);
        told.wait(lock, [&] { return woken > 0; });
        --woken;
        std::printf("%d%d ", ++next, who);
    };
    std::thread one(sleep, 1), other(sleep, 2);
    std::thread wakes([&] {
        for (int i = 0; i < 2; ++i) {
            const std::scoped_lock lock(mutex);
            ++woken;
            told.notify_one();
        }
    });
    one.join();
    other.join();
    wakes.join();
})";

std::filesystem::path program() {
    static const SmallKit kit;
    static const Built built = build(kit.kit(), "labs/ch05_shared_memory/woken.cpp", source, Flavour::explored);
    INFO(built.error);
    REQUIRE(built.ok);
    return built.executable;
}

std::string refused(Player& player, const std::string& schedule, const Names& names = {}) {
    try {
        follow(player, schedule, names);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("an order in words gives the same run as its choices, whichever thread was woken") {
    Player player(program(), {});
    int orders = 0;
    std::vector<Choices> all;
    search(player, 60, [&](const Player& order) {
        all.push_back(order.choices());
        return std::string();
    });
    player.prune(false);
    bool someone_else_is_woken = false;
    for (const Choices& choices : all) {
        player.play(choices);
        const std::string words = schedule(player), printed = player.output();
        someone_else_is_woken = someone_else_is_woken || words.find(':') != std::string::npos;
        CAPTURE(words);
        follow(player, words, {});
        CHECK(schedule(player) == words);
        CHECK(player.output() == printed);
        ++orders;
    }
    CHECK(orders > 10);
    CHECK(someone_else_is_woken);
}

TEST_CASE("an order is read with the picture's names, and with numbers") {
    Player player(program(), {});
    const Names names = {"main", "A", "B", "W"};
    player.play({});
    const std::string words = schedule(player, names);
    CHECK(words.rfind("main A B W", 0) == 0);
    follow(player, "main 1 T2 W*4:B B", names);  // begins, locks, wakes, unlocks
    CHECK(player.output() == "12 21 ");
    follow(player, "main A B W*4:A A", names);
    CHECK(player.output() == "11 22 ");
    CHECK(refused(player, "main A B W*4:A B", names) ==
          "word 5 of the schedule, 'B', cannot be followed: B cannot move there; W and A could");
}

TEST_CASE("a word that cannot be followed is named, and so is who could have moved") {
    Player player(program(), {});
    CHECK(refused(player, "main X") == "'X' names no thread; they are main, T1, T2 ...");
    CHECK(refused(player, "main 1*0").find("from 1 up") != std::string::npos);
    CHECK(refused(player, "main 1 2 1 3") == "word 4 of the schedule, '1', cannot be followed: only T3 can move there");
    CHECK(refused(player, "").find("empty") != std::string::npos);
}

TEST_CASE("an order that is kept is the same when it is read again") {
    const KeptOrder kept{{{"--items", "3"}, {0, 2, 1}, {"main", "P1"}, 1, "main P1*2", "it hangs", {3, 1, true}},
                         "is right in whatever order its threads are moved",
                         "1f"};
    const auto read = kept_order_from(to_json(kept));
    REQUIRE(read);
    CHECK(to_json(*read) == to_json(kept));
    CHECK(read->order.exit_code == 1);
    CHECK_FALSE(kept_order_from("{}"));
    CHECK_FALSE(broken_order_from(""));
}
