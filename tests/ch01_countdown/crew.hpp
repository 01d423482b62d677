// A countdown program on the stage, and what its lines ought to be: what the criteria of chapter 1
// share. Actors are told from bystanders (a main thread that polls, a sanitizer's own thread) by
// what they do: an actor has printed its own numbers; where others print for them, it sleeps for a tick.
#pragma once

#include <climits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/common.hpp"

struct Crew {
    int from = 3;
    std::string tick = "1733ms";  // a length that nobody sleeps by chance
    std::vector<std::string> names = {"Alice", "Bob"};
    bool joined = false;  // --from=3 for --from 3

    std::vector<std::string> arguments() const;
};

inline const std::vector<std::string> three = {"Alice", "Bob", "Carol"};
std::vector<std::string> so_many(std::size_t names);  // all of them different

// How the lines of the program under test begin, and whether it says when actors start and finish.
std::string line_prefix();
bool of_processes();
bool tells_starts();

class Countdown {
  public:
    explicit Countdown(const Crew& crew, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    Program program;

    // On to the next point where every actor that can is asleep; bystanders are let go where only they can help.
    Rest settle();

    std::vector<Held> actors();      // sleepers that count, in the order of the names
    std::vector<Held> bystanders();  // sleepers that do not

    // Lets this one sleeper go on, and nobody else, until something is printed or it sleeps no more.
    // What was printed meanwhile.
    struct Step {
        std::vector<std::string> lines;
        Nanoseconds slept{};
        bool asleep = false;  // again
    };
    Step step(pid_t actor);
    bool is_asleep(pid_t actor);

    // Lets actors go until the program ends or nobody moves: whoever has slept least first, or the last
    // one to its end, then the one before. `slowest` stays asleep, if one is named.
    enum class Order { in_turn, one_ahead };
    Rest run(Order order = Order::in_turn, pid_t slowest = 0);

    // With Policy::hold_writes: lets all run up to what they want to print, lets the one write go that `next`
    // picks, and so on to the end, or up to so many writes and the next one.
    enum class Writer { newest, oldest };
    Rest run_by_writes(Writer next, int most_writes = INT_MAX);

    // The number lines and the line of the end that were printed, those of starts and finishes left out.
    std::vector<std::string> count_lines() const;

    // Whose numbers each thread has printed so far.
    std::map<pid_t, std::set<std::string>> printed_by() const;

    std::string situation();  // the last lines and who waits for whom

  private:
    std::vector<Held> sleepers(bool that_count) const;
    Crew crew_;
    Nanoseconds tick_{};
};

std::string number_line(const std::string& name, int number);
std::string end_line(const std::string& name);

// The name in a number line or a line of the end; "" where `line` is neither.
std::string actor_of(const std::string& line, const Crew& crew);

// What is wrong with these lines for this crew, in words; "" where nothing is.
std::string wrong_lines(const std::vector<std::string>& lines, const Crew& crew);

std::string readme(int step);
