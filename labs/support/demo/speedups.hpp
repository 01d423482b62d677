// What the executors of chapter 7 took for the same tasks, over several delays of the server: where each begins to pay,
// and which tasks would give a speed-up that was published somewhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

struct Executor {
    std::string name;
    std::vector<double> seconds{};  // that all tasks took, for each delay
    double start = 0;               // seconds that it takes to start its workers, and to end them
};

struct Comparison {
    int tasks, workers;
    std::vector<double> delays;        // seconds, short ones first
    std::vector<double> sequential{};  // seconds, for each delay
    std::vector<Executor> executors{};
};

enum class Start { left_out, measured };  // Is the start of the workers in the time that counts?

// How many times as fast as sequential code. `at` is the number of a delay.
double speedup(const Comparison& all, const Executor& executor, std::size_t at, Start start);

// The first delay from which on the executor is faster than sequential code, at that one and at all longer ones.
std::optional<std::size_t> pays_from(const Comparison& all, const Executor& executor);

struct TaskList {
    double tasks, delay;
};

// With which tasks it has that speed-up, where its start is measured: with as many as here at a delay between those
// here, or with fewer at the shortest delay. Nothing where neither gives it.
std::optional<TaskList> tasks_for(double speedup, const Comparison& all, const Executor& executor);
