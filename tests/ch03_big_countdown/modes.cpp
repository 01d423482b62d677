// Chapter 3, big_countdown_contention: what its modes must do, seen under the microscope. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch03_big_countdown/sharing.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace {

constexpr Address cache_line = 64;

// Who writes to each cache line.
class LineWriters {
  public:
    // Which other thread writes to one of this one's lines, in words, or "".
    std::string taken_by_another(const Counting& counting, pid_t thread, const std::set<Address>& words) {
        for (const Address word : words) {
            const pid_t writer = writers_.emplace(word / cache_line, thread).first->second;
            if (writer != thread)
                return counting.name(writer) + " and " + counting.name(thread) + " write to the same cache line";
        }
        return "";
    }

  private:
    std::map<Address, pid_t> writers_;
};

std::string not_private() {
    Sharing sharing("private");
    if (!sharing.problem.empty()) return sharing.problem;
    LineWriters writers;
    for (int round = 0; round < 3; ++round) {
        for (const pid_t thread : sharing.counting.members()) {
            const std::set<Address> words = sharing.counting.written(thread).all;
            const std::string taken = writers.taken_by_another(sharing.counting, thread, words);
            if (!taken.empty()) return taken;
        }
    }
    return "";
}

}  // namespace

TEST_CASE("private: no thread writes where another does") {
    judge(not_private(),
          {.saw = "in the middle of the count, no two threads wrote to the same cache line",
           .expected = "each thread has a counter of its own, a local variable",
           .why = "cores that write to the same cache line take it from each other each time, and wait for it",
           .read = readme(4)});
}

namespace {

std::string not_padded() {
    Sharing sharing("padded");
    sharing.find_counters();
    if (!sharing.problem.empty()) return sharing.problem;
    LineWriters writers;
    for (const auto& [thread, own] : sharing.written) {
        const std::string taken = writers.taken_by_another(sharing.counting, thread, own.counters);
        if (!taken.empty()) return taken;
    }
    return "";
}

}  // namespace

TEST_CASE("padded: each counter on a cache line of its own") {
    judge(not_padded(),
          {.saw = "three counters lay outside the threads' stacks, on three cache lines",
           .expected = "the counters are in one array, each aligned to a cache line of 64 bytes",
           .why =
               "padded differs from adjacent only in where the counters are, so the difference between the two rows is "
               "what false sharing costs",
           .read = readme(5)});
}

namespace {

std::string not_adjacent() {
    Sharing sharing("adjacent");
    sharing.find_counters();
    if (!sharing.problem.empty()) return sharing.problem;
    std::map<Address, pid_t> writers;  // by word
    std::map<Address, int> on_line;
    for (const auto& [thread, own] : sharing.written) {
        for (const Address word : own.counters) {
            const auto [place, first] = writers.emplace(word, thread);
            if (!first)
                return sharing.counting.name(place->second) + " and " + sharing.counting.name(thread) +
                       " decrement the same counter";
            ++on_line[word / cache_line];
        }
    }
    const bool shared = std::any_of(on_line.begin(), on_line.end(), [](const auto& line) { return line.second > 1; });
    const Address apart = writers.empty() ? 0 : writers.rbegin()->first - writers.begin()->first;
    if (shared && apart <= cache_line) return "";
    return "the first counter and the last are " + std::to_string(apart) + " bytes apart, and all of them are on " +
           counted(on_line.size(), "cache line", "cache lines");
}

}  // namespace

TEST_CASE("adjacent: counters side by side on a cache line") {
    judge(not_adjacent(),
          {.saw = "three counters, one per thread, lay within one cache line or across its end",
           .expected = "the counters are in one array, side by side without a gap",
           .why = "no thread uses another's counter, and yet they share: what cores pass to each other are whole cache "
                  "lines",
           .read = readme(5)});
}

namespace {

// One step of one thread, then a decrement of the other, again and again.
std::string loses_a_decrement(Counting& counting, pid_t one, pid_t another, Address word) {
    for (int step = 0; step < 25; ++step) {
        Look look = counting.microscope.step(one, 1, {word});
        const Look between = counting.microscope.step_to_change(another, {word});
        look.changes.insert(look.changes.end(), between.changes.begin(), between.changes.end());
        for (const Change& change : look.changes)
            if (std::abs(change.difference()) != 1) return "a decrement was lost when two threads decremented at once";
        if (between.changes.empty())
            return counting.name(another) + " could not go on while " + counting.name(one) + " stood still";
    }
    return "";
}

std::string not_atomic() {
    Sharing sharing("atomic");
    const Address word = sharing.common_counter();
    if (!sharing.problem.empty()) return sharing.problem;
    Counting& counting = sharing.counting;
    for (const auto& [thread, own] : sharing.written)
        if (!own.atomic) return counting.name(thread) + " decrements the counter with a plain write";
    std::string problem;
    for (std::size_t i = 0; i < crew_size && problem.empty(); ++i) {
        const pid_t one = counting.members()[i];
        problem = loses_a_decrement(counting, one, counting.others(one)[0], word);
    }
    return problem;
}

}  // namespace

TEST_CASE("atomic: one counter, an atomic step for each decrement") {
    judge(
        not_atomic(),
        {.saw = "each decrement of the one counter was one atomic instruction, and no thread waited for another",
         .expected =
             "all threads share one std::atomic, and change it by fetch_sub, -- or a compare-and-exchange for each "
             "decrement",
         .why = "reading, subtracting and writing in one indivisible step loses nothing; between three steps, another "
                "thread can write",
         .read = readme(6)});
}

namespace {

// This thread is stopped behind a decrement; then the lock goes to another one, and from that to the third.
std::string lock_not_passed_on(Counting& counting, pid_t holder, Address word) {
    if (!counting.advance(holder, word)) return counting.name(holder) + " makes no further decrement";
    const std::string problem = counting.not_excluded(holder, word);
    if (!problem.empty()) return problem;
    const pid_t next = counting.wakes_somebody(holder, word);
    if (next == 0) return counting.name(holder) + " keeps the lock for more than one decrement";
    if (counting.microscope.step_to_change(next, {word}).stop != Stop::change)
        return counting.name(next) + " made no decrement after the lock was given back";
    for (const pid_t third : counting.others(next))
        if (third != holder && !counting.passes_on(next, third, word))
            return counting.name(holder) + " gave the lock back, then " + counting.name(next) + " did, but " +
                   counting.name(third) + ", which had waited for it all along, was never woken";
    return "";
}

std::string not_locked() {
    Sharing sharing("mutex");
    const Address word = sharing.common_counter();
    std::string problem = sharing.problem;
    for (std::size_t round = 0; round < 4 && problem.empty(); ++round)
        problem = lock_not_passed_on(sharing.counting, sharing.counting.members()[round % crew_size], word);
    return problem;
}

}  // namespace

TEST_CASE("mutex: one counter, its mutex locked for each decrement") {
    judge(
        not_locked(),
        {.saw =
             "a thread that had just decremented kept the others out, and let them in, one after the other, before its "
             "next decrement",
         .expected =
             "all threads share one plain counter, and lock its mutex before each decrement and unlock it after",
         .why = "this mode measures one lock per decrement; with a lock that is held for longer, its row would say "
                "something else",
         .read = readme(7)});
}

namespace {

// A thread that counts under the one lock, a few decrements on: who else could go on, or "".
std::string lets_others_in(Counting& counting, pid_t thread, Address word) {
    std::string problem = counting.not_excluded(thread, word);
    for (int decrement = 0; decrement < 10 && problem.empty(); ++decrement) {
        const pid_t woken = counting.wakes_somebody(thread, word);
        if (woken != 0 && counting.microscope.step_to_change(woken, {word}).stop == Stop::change)
            problem = "with --switch-interval 1h, " + counting.name(thread) + " gave up the lock to " +
                      counting.name(woken) + " after a few decrements";
    }
    return problem;
}

// The next thread that counts is moved through its share. False where none does.
bool runs_a_share(Counting& counting, bool blocked_ones_too, Address& word, std::string& problem) {
    for (const pid_t thread : counting.members()) {
        if (counting.microscope.has_ended(thread)) continue;
        // First whoever can go on by itself; the others until the runner is done.
        if (!blocked_ones_too && counting.microscope.blocked(thread)) continue;
        const Counting::Written now = counting.written(thread);
        if (now.counters.empty()) continue;
        if (word == 0) word = *now.counters.begin();
        if (!now.counters.count(word)) problem = "the threads decrement different counters";
        if (!problem.empty() || !counting.advance(thread, word)) return false;
        problem = lets_others_in(counting, thread, word);
        if (!problem.empty()) return false;
        counting.microscope.run(thread);  // its whole share: the interval is an hour
        return true;
    }
    return false;
}

std::string not_one_lock() {
    Sharing sharing("gil");
    Counting& counting = sharing.counting;
    std::string problem = sharing.problem;
    Address word = 0;
    std::size_t ran = 0;
    for (int round = 0; round < 60 && problem.empty() && ran < crew_size; ++round)
        if (runs_a_share(counting, word == 0 && round >= 8, word, problem)) ++ran;
    if (!problem.empty() || ran == crew_size) return problem;
    return "of three threads, " + std::to_string(ran) + " decremented the counter; " + counting.situation();
}

}  // namespace

TEST_CASE("gil: one lock, held while running") {
    judge(not_one_lock(),
          {.saw = "each thread counted in turn and kept the lock for many decrements, while the others were blocked",
           .expected =
               "all threads share one plain counter; the one that counts holds the one lock for --switch-interval, and "
               "all others are blocked",
           .why =
               "under a global lock threads take turns: two never run at once, and no step pays for the lock by itself",
           .read = readme(8)});
}
