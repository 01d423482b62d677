// A countdown program on the stage, and what its lines ought to be: what the criteria of chapter 1
// share. Actors are told from bystanders (a main thread that polls, a sanitizer's own thread) by
// what they do: an actor has printed its own numbers; where others print for them, it sleeps for a tick.
#pragma once

#include <climits>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/bench.hpp"

struct CountdownPlan {
    int from = 3;
    std::string tick = "1733ms";  // a length that no thread sleeps by chance
    Words names = {"Alice", "Bob"};
    bool equals = false;  // flags as --from=3

    Words arguments() const;
};

inline const Words three = {"Alice", "Bob", "Carol"};
Words so_many(std::size_t names);  // all of them different

// How the lines of the program under test begin, and whether it says when actors start and finish.
std::string line_prefix();
bool of_processes();
bool tells_starts();

// Settles where every actor that can is asleep; bystanders are let go where only they can help.
class Countdown : public Bench {
  public:
    explicit Countdown(const CountdownPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    std::vector<Held> actors() const;  // sleepers that count, in the order of the names

    // Lets this one sleeper go on, and no other, until something is printed or it sleeps no more.
    // What was printed meanwhile.
    struct Step {
        Words lines;
        Nanoseconds slept{};
        bool asleep = false;  // again
    };
    Step step(pid_t actor);
    bool is_asleep(pid_t actor) const;

    // Lets actors go until the program ends or none moves: the one that has slept least first, or the last
    // one to its end, then the one before. `slowest` stays asleep, if one is named.
    enum class Order { in_turn, one_ahead };
    Rest run(Order order = Order::in_turn, pid_t slowest = 0);

    // With Policy::hold_writes: lets all run up to what they want to print, lets the one write go that `next`
    // picks, and so on to the end, or up to so many writes and the next one.
    enum class Writer { newest, oldest };
    Rest run_by_writes(Writer next, int most_writes = INT_MAX);

    // The number lines and the line of the end that were printed, those of starts and finishes left out.
    Words count_lines() const;
    std::string last_count_line() const;    // which one it is, as a clause
    std::string wrong_count_lines() const;  // how they are not what they ought to be, or ""

    // Of a whole run: how these lines or its end are wrong, or "".
    std::string wrong_finish(Rest rest);

    // Whose numbers each thread has printed so far.
    std::map<pid_t, std::set<std::string>> printed_by() const;

    std::string situation() const override;  // the last line and who waits for whom
    std::string who_sleeps() const;          // how many actors are asleep, and the situation

  protected:
    std::vector<Held> bystanders() const override;
    int most_looks() const override { return 50; }  // of a main thread that polls
    std::vector<std::size_t> progress() const override { return {}; }

  private:
    std::vector<Held> sleepers(bool that_count) const;
    CountdownPlan plan_;
    Nanoseconds tick_{};
};

// Ways to let a countdown go to its end.
using Run = std::function<Rest(Countdown&)>;
Rest in_turn(Countdown& countdown);
Rest one_ahead(Countdown& countdown);
Rest newest_first(Countdown& countdown);  // by writes, as oldest_first
Rest oldest_first(Countdown& countdown);

std::string number_line(const std::string& name, int number);
std::string end_line(const std::string& name);

// The name in a number line or a line of the end; "" where `line` is neither.
std::string actor_of(const std::string& line, const CountdownPlan& plan);

// How the number lines and the lines of the end are not what they ought to be, or ""; starts and finishes, if the
// program prints them, are left out.
std::string wrong_count_lines(const Words& lines, const CountdownPlan& plan);
std::string wrong_starts_and_finishes(const Words& lines, const CountdownPlan& plan);  // the names differ

std::string readme(int step);
