// Small programs, right and wrong, in every order of their steps.
#include "grader/explore/explorer.hpp"

#include <algorithm>
#include <csignal>
#include <set>

#include "bench/catch.hpp"
#include "grader/compile/build.hpp"
#include "grader/explore/story.hpp"
#include "small_kit.hpp"

namespace {

using namespace explore;

// Each case is a function, the program's first argument chooses it. It says "right" or something else.
const char* const cases = R"(#include <array>
#include <atomic>
#include <barrier>
#include <csignal>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <future>
#include <map>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <random>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

void both(auto first, auto second) {
    std::jthread one(first), other(second);
}

bool adds_in_two_steps() {
    std::atomic<int> sum = 0;
    const auto add = [&] { sum = sum + 1; };
    both(add, add);
    return sum == 2;
}
bool adds_in_one_step() {
    std::atomic<int> sum = 0;
    const auto add = [&] { ++sum; };
    both(add, add);
    return sum == 2;
}
bool hears_the_flag(bool locks) {
    std::mutex mutex;
    std::condition_variable told;
    std::atomic<bool> flag = false;
    both(
        [&] {
            std::unique_lock lock(mutex);
            while (!flag) told.wait(lock);
        },
        [&] {
            if (locks) mutex.lock();
            flag = true;
            if (locks) mutex.unlock();
            told.notify_one();
        });
    return true;
}
bool locks_crosswise() {
    std::mutex one, other;
    both([&] { one.lock(); other.lock(); other.unlock(); one.unlock(); },
         [&] { other.lock(); one.lock(); one.unlock(); other.unlock(); });
    return true;
}
bool takes_what_was_seen(bool looks_again) {
    std::mutex mutex;
    std::condition_variable filled;
    int items = 0, least = 0;
    const auto take = [&] {
        std::unique_lock lock(mutex);
        if (looks_again) filled.wait(lock, [&] { return items > 0; });
        else if (items == 0) filled.wait(lock);
        least = std::min(least, --items);
    };
    const auto put = [&] {
        const std::scoped_lock lock(mutex);
        ++items;
        filled.notify_one();
    };
    std::jthread taker(take), other(take);
    put();
    put();
    taker.join();
    other.join();
    return least == 0;
}
bool spins() {
    std::atomic_flag taken;
    int sum = 0;
    const auto add = [&] {
        while (taken.test_and_set()) {}
        ++sum;
        taken.clear();
    };
    both(add, add);
    return sum == 2;
}
bool spins_then_sleeps() {
    std::atomic<int> state = 0;
    int sum = 0;
    const auto add = [&] {
        for (int tries = 0, free = 0; !state.compare_exchange_strong(free, 1); free = 0)
            if (++tries > 20) state.wait(1);
        ++sum;
        state = 0;
        state.notify_one();
    };
    both(add, add);
    return sum == 2;
}
bool waits_on_an_atomic() {
    std::atomic<int> word = 0;
    both([&] { word.wait(0); }, [&] { word = 1; word.notify_all(); });
    return word == 1;
}
bool looks_who_waits(bool too_early) {
    std::atomic<int> taken = 0, waiting = 0;
    int sum = 0;
    const auto add = [&] {
        while (taken.exchange(1) == 1) {
            ++waiting;
            taken.wait(1);
            --waiting;
        }
        ++sum;
        const bool some_wait = waiting > 0;
        taken = 0;
        if (too_early ? some_wait : waiting > 0) taken.notify_one();
    };
    both(add, add);
    return sum == 2;
}
bool semaphores() {
    std::counting_semaphore<4> free(1), full(0);
    int item = 0, sum = 0;
    both([&] { for (int i = 1; i <= 2; ++i) { free.acquire(); item = i; full.release(); } },
         [&] { for (int i = 1; i <= 2; ++i) { full.acquire(); sum += item; free.release(); } });
    return sum == 3;
}
bool barriers() {
    std::barrier meet(2);
    int one = 0, other = 0, sum = 0;
    both([&] { one = 1; meet.arrive_and_wait(); sum = one + other; }, [&] { other = 2; meet.arrive_and_wait(); });
    return sum == 3;
}
bool readers() {
    std::shared_mutex mutex;
    int value = 0;
    std::atomic<int> seen = 0;
    std::jthread reader([&] { const std::shared_lock lock(mutex); seen += value; });
    { const std::unique_lock lock(mutex); value = 1; }
    reader.join();
    return seen <= 1;
}
bool futures() {
    std::promise<int> promise;
    std::future<int> value = promise.get_future();
    std::jthread setter([&] { promise.set_value(7); });
    std::future<int> other = std::async(std::launch::async, [] { return 3; });
    return value.get() + other.get() == 10;
}
bool once() {
    static std::once_flag flag;
    static std::atomic<int> count = 0;
    const auto first = [&] { std::call_once(flag, [&] { ++count; }); };
    both(first, first);
    return count == 1;
}
bool once_at_the_same_place() {
    int sum = 0;
    for (int i = 0; i < 2; ++i) {
        std::once_flag flag;
        const auto first = [&] { std::call_once(flag, [&] { ++sum; }); };
        both(first, first);
    }
    return sum == 2;
}
bool sleeps() {
    std::mutex mutex;
    std::condition_variable never_told;
    std::jthread sleeper([] { std::this_thread::sleep_for(std::chrono::hours(1)); });
    std::unique_lock lock(mutex);
    return never_told.wait_for(lock, std::chrono::hours(2)) == std::cv_status::timeout;
}
bool both_wake_up() {
    std::atomic<int> sum = 0;
    const auto add = [&] {
        std::this_thread::sleep_for(std::chrono::hours(1));
        sum = sum + 1;
    };
    both(add, add);
    return sum == 2;
}
bool stops() {
    std::jthread works([](std::stop_token token) {
        std::mutex mutex;
        std::condition_variable_any told;
        std::unique_lock lock(mutex);
        told.wait(lock, token, [] { return false; });
    });
    return true;
}
bool spins_in_the_library() {
    pthread_spinlock_t lock;
    pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
    int sum = 0;
    const auto add = [&] { pthread_spin_lock(&lock); ++sum; pthread_spin_unlock(&lock); };
    both(add, add);
    return sum == 2;
}
bool shared_for_a_while() {
    std::shared_timed_mutex mutex;
    int value = 0;
    const auto add = [&] {
        while (!mutex.try_lock_for(std::chrono::hours(1))) {}
        ++value;
        mutex.unlock();
    };
    both(add, add);
    return value == 2;
}
bool looks_at_the_clock() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    std::atomic<int> rounds = 0;
    const auto look = [&] { while (std::chrono::steady_clock::now() < end) ++rounds; };
    both(look, look);
    return rounds > 0;
}
bool never_unlocks() {
    std::atomic_flag taken;
    const auto enter = [&] { while (taken.test_and_set()) {} };
    both(enter, enter);
    return true;
}
bool waits_in_the_kernel() {
    return pause() == 0;
}
bool kills_its_server() {
    return kill(getppid(), SIGKILL) != 0 && syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0;
}
bool reads_a_timer() {
    return timerfd_create(CLOCK_MONOTONIC, 0) >= 0;
}
// Where the order is recorded, as /proc/self/maps says.
bool writes_over_its_order() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        unsigned long begin = 0, end = 0;
        if (line.find("memfd:order") == std::string::npos) continue;
        if (std::sscanf(line.c_str(), "%lx-%lx", &begin, &end) != 2) return false;
        std::jthread([] {}).join();
        std::memset(reinterpret_cast<void*>(begin), 0xee, end - begin);
        _exit(0);
    }
    return false;
}
bool draws_how_often() {
    std::atomic<int> sum = 0;
    const int times = 1 + static_cast<int>(std::random_device()() % 7);
    const auto add = [&] { for (int i = 0; i < times; ++i) ++sum; };
    both(add, add);
    return sum == 2 * times;
}
bool forks() {
    return fork() != 0;
}
bool speaks_through_a_pipe() {
    int ends[2];
    if (pipe(ends) != 0) return false;
    std::atomic<int> sum = 0;
    const auto speak = [&] { for (char byte : {1, 2}) [[maybe_unused]] const auto done = write(ends[1], &byte, 1); };
    std::jthread reader([&] { for (char byte; read(ends[0], &byte, 1) == 1;) sum += byte; });
    both(speak, speak);
    close(ends[1]);
    reader.join();
    return sum == 6;
}
bool looks_at_two_pipes() {
    int one[2], other[2], left = 2;
    if (pipe(one) != 0 || pipe(other) != 0) return false;
    std::jthread first([&] { close(one[1]); }), second([&] { close(other[1]); });
    std::array<pollfd, 2> ends = {pollfd{one[0], POLLIN, 0}, {other[0], POLLIN, 0}};
    while (left > 0) {
        if (poll(ends.data(), ends.size(), -1) < 1) return false;
        for (pollfd& end : ends)
            if (end.fd >= 0 && end.revents != 0) end.fd = -1, --left;
    }
    return true;
}
bool looks_before_it_reads() {
    int ends[2];
    if (pipe(ends) != 0) return false;
    std::atomic<bool> told = false;
    std::jthread reader([&] { char byte; if (!told && read(ends[0], &byte, 1) != 1) std::abort(); });
    told = true;
    reader.join();
    return true;
}
// Whichever thread is the last ends the program, and makes a step more on its way.
bool main_leaves_first() {
    static std::atomic<int> left = 2;
    std::atexit([] { ++left; });
    for (int i = 0; i < 2; ++i) std::thread([] { if (--left == 0) std::puts("right"); }).detach();
    pthread_exit(nullptr);
}
bool computes() {
    for (volatile unsigned long i = 1; i != 0; ++i) {}
    return true;
}

int main(int, char** arguments) {
    const std::map<std::string, bool (*)()> all = {
        {"adds in two steps", adds_in_two_steps}, {"adds in one step", adds_in_one_step},
        {"sets a flag without the lock", [] { return hears_the_flag(false); }},
        {"sets a flag with the lock", [] { return hears_the_flag(true); }},
        {"locks crosswise", locks_crosswise},
        {"takes what was seen", [] { return takes_what_was_seen(false); }},
        {"looks again", [] { return takes_what_was_seen(true); }},
        {"spins", spins}, {"spins, then sleeps", spins_then_sleeps}, {"waits on an atomic", waits_on_an_atomic},
        {"looks who waits too early", [] { return looks_who_waits(true); }},
        {"looks who waits", [] { return looks_who_waits(false); }}, {"semaphores", semaphores}, {"barriers", barriers}, {"readers", readers}, {"futures", futures},
        {"once", once}, {"once at the same place", once_at_the_same_place}, {"sleeps", sleeps}, {"adds when both wake up", both_wake_up}, {"stops", stops}, {"spins in the library", spins_in_the_library}, {"shared for a while", shared_for_a_while},
        {"looks at the clock", looks_at_the_clock}, {"never unlocks", never_unlocks},
        {"waits in the kernel", waits_in_the_kernel},
        {"forks", forks}, {"writes over its order", writes_over_its_order}, {"draws how often", draws_how_often}, {"reads a timer", reads_a_timer}, {"speaks through a pipe", speaks_through_a_pipe},
        {"looks at two pipes", looks_at_two_pipes}, {"looks before it reads", looks_before_it_reads},
        {"main leaves first", main_leaves_first}, {"computes", computes}, {"kills its server", kills_its_server}};
    std::puts(all.at(arguments[1])() ? "right" : "wrong");
})";

// Built once for all cases.
std::filesystem::path program() {
    static const SmallKit kit;
    static const Built built = build(kit.kit(), "labs/ch05_shared_memory/cases.cpp", cases, Flavour::explored);
    INFO(built.error);
    REQUIRE(built.ok);
    return built.executable;
}

std::string wrong(const Player& player) {
    if (player.order().end == End::stuck) return "stuck: " + who_waits(player, "another file");
    if (player.order().end != End::running) return "no end";
    if (player.ending() != Ending{false, 0}) return describe(player.ending());
    return player.output() == "right\n" ? "" : player.output();
}

constexpr unsigned long budget = 3'000;

}  // namespace

TEST_CASE("the first order that breaks a program is a shortest one, and the same each time") {
    const struct {
        const char* name;
        int taken;
        const char* problem;
    } broken[] = {
        {"adds in two steps", 1, "wrong\n"},
        {"adds when both wake up", 1, "wrong\n"},
        {"sets a flag without the lock", 1, "stuck: main waits in join for thread 1; thread 1 waits to be woken"},
        {"looks who waits too early", 2, "stuck: main waits in join for thread 2; thread 2 waits to be woken"},
        {"locks crosswise", 1,
         "stuck: main waits in join for thread 2; thread 1 waits for a lock; thread 2 waits for a lock"},
        {"looks before it reads", 1, "stuck: main waits in join for thread 1; thread 1 waits at a descriptor"},
        {"takes what was seen", 3, "wrong\n"}};
    for (const auto& [name, taken, problem] : broken) {
        CAPTURE(name);
        Player player(program(), {name});
        const Search found = search(player, budget, wrong);
        CHECK(found.problem == problem);
        CHECK(player.taken() == taken);
        const Choices choices = player.choices();
        const std::string order = schedule(player);
        player.prune(false);
        for (int again = 0; again < 5; ++again) {
            player.play(choices);
            CHECK(wrong(player) == problem);
            CHECK(schedule(player) == order);
        }
    }
}

TEST_CASE("a right program is right in every order, in whatever style it waits") {
    for (const char* name : {"adds in one step",
                             "sets a flag with the lock",
                             "looks again",
                             "spins",
                             "spins, then sleeps",
                             "waits on an atomic",
                             "looks who waits",
                             "semaphores",
                             "barriers",
                             "readers",
                             "futures",
                             "once",
                             "once at the same place",
                             "sleeps",
                             "stops",
                             "spins in the library",
                             "shared for a while",
                             "speaks through a pipe",
                             "looks at two pipes",
                             "main leaves first"}) {
        CAPTURE(name);
        Player player(program(), {name});
        const Search found = search(player, budget, wrong);
        CHECK(found.problem == "");
        CHECK(found.orders > 0);
        CAPTURE(schedule(player));
        CHECK(covered(found) != "");
    }
}

TEST_CASE("of a small program there are no other orders") {
    Player player(program(), {"adds in one step"});
    const Search found = search(player, budget, wrong);
    CHECK(found.all);
    CHECK(covered(found) == "all " + std::to_string(found.orders) + " orders");
}

TEST_CASE("what is not played is told, and what computes on and on is ended") {
    for (const char* name : {"waits in the kernel", "forks", "reads a timer"}) {
        Player player(program(), {name});
        player.play({});
        CHECK(player.order().end == End::not_played);
    }
    Player computes(program(), {"computes"});
    computes.play({});
    CHECK(computes.ending() == Ending{true, SIGXCPU});
}

TEST_CASE("a program that is played makes no process, and kills nobody") {
    Player player(program(), {"kills its server"});
    for (int again = 0; again < 2; ++again) {
        player.play({});
        CHECK(wrong(player) == "");
    }
}

TEST_CASE("who waits is told with the line of the source") {
    Player player(program(), {"locks crosswise"});
    REQUIRE(search(player, budget, wrong).problem != "");
    const std::string source = cases, text = who_waits(player, "cases");
    const auto line_of = [&](const std::string& part) {
        const auto end = source.begin() + static_cast<long>(source.find(part));
        return "at cases.cpp:" + std::to_string(1 + std::count(source.begin(), end, '\n'));
    };
    CAPTURE(text);
    CHECK(text.find("thread 1 waits for a lock " + line_of("one.lock(); other.lock();")) != std::string::npos);
    CHECK(text.find("thread 2 waits for a lock " + line_of("other.lock(); one.lock();")) != std::string::npos);
}

TEST_CASE("who only looks again and again is stuck, and who looks at the clock is not") {
    Player spins(program(), {"never unlocks"});
    spins.play({});
    CHECK(spins.order().end == End::stuck);
    Player looks(program(), {"looks at the clock"});
    looks.play({});
    CHECK(wrong(looks) == "");
}

TEST_CASE("choices that there are not are told") {
    Player player(program(), {"adds in one step"});
    player.play({200});
    CHECK(player.order().end == End::not_followed);
}

TEST_CASE("an order that was drawn is the same for the same seed, and can be played again by its choices") {
    Player player(program(), {"looks again"});
    std::set<Choices> different;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        player.play_by_chance(seed, 60, 3);
        CHECK(wrong(player) == "");
        const Choices drawn = player.choices();
        player.play_by_chance(seed, 60, 3);
        CHECK(player.choices() == drawn);
        const std::string order = schedule(player);
        player.play(drawn);
        CHECK(schedule(player) == order);
        different.insert(drawn);
    }
    CHECK(different.size() > 5);
}

TEST_CASE("beyond the budget some orders are drawn, and told") {
    Player player(program(), {"looks again"});
    const Search found = search(player, 40, wrong);
    CHECK(!found.all);
    CHECK(found.by_chance == 10);
    CHECK(covered(found).find(", and 10 by chance") != std::string::npos);
}

TEST_CASE("a program that draws numbers may do something else by the same choices, and is not blamed for it") {
    Player player(program(), {"draws how often"});
    const Search found = search(player, 200, wrong);
    CHECK(found.problem == "");
    CHECK(found.beyond > 0);
    CHECK(!found.all);
    CHECK(covered(found).find(" that cannot be followed") != std::string::npos);
}

TEST_CASE("where the first order cannot be followed no other one is tried") {
    Player player(program(), {"forks"});
    const Search found = search(player, 200, wrong);
    CHECK(found.problem == "");
    CHECK(found.orders == 0);
    CHECK(found.beyond == 1);
    CHECK(found.by_chance == 0);
    CHECK(!found.all);
}

TEST_CASE("a program that writes over the record of its order breaks nothing but that") {
    Player player(program(), {"writes over its order"});
    player.play({});
    CHECK(player.order().end == End::not_played);
    CHECK(player.order().threads <= most_threads);
}
