#include "support/demo/speedups_told.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "support/lines.hpp"

namespace {

constexpr double published_pool = 2.13, published_distributed = 0.09;
constexpr const char* pool = "send_pool";

double published_for(const Executor& executor) {
    return executor.name == pool ? published_pool : published_distributed;
}

std::string text_of(const char* format, double value) {
    char text[48];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// "a", "a and b", "a, b and c".
std::string list_of(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return list;
}

// "send_pool gets 2.13 with 32 tasks at a delay of 0.15 ms"
std::string recipe_text(double speedup, const Comparison& all, const Executor& executor) {
    const std::string gets = executor.name + " gets " + speedup_text(speedup);
    const std::optional<TaskList> list = tasks_for(speedup, all, executor);
    if (!list) return gets + " with no such tasks";
    const long tasks = std::lround(list->tasks);
    return gets + " with " + std::to_string(tasks) + (tasks == 1 ? " task" : " tasks") +
           (list->delay > 0 ? " at a delay of " + milliseconds(list->delay) : " without a delay");
}

}  // namespace

std::string milliseconds(double seconds) {
    const double amount = seconds * 1000;
    return text_of(amount < 10 ? "%.2f ms" : amount < 100 ? "%.1f ms" : "%.0f ms", amount);
}

std::string delay_text(double seconds) {
    return seconds > 0 ? text_of("%g ms", seconds * 1000) : "0";
}

std::string speedup_text(double speedup) {
    return text_of(speedup < 0.0995 ? "%.2g" : speedup < 10 ? "%.2f" : "%.1f", speedup);
}

std::string pays_text(const Comparison& all, const Executor& executor) {
    const auto times = [&](std::size_t at) {
        return speedup_text(speedup(all, executor, at, Start::left_out)) + " times as fast";
    };
    const std::optional<std::size_t> first = pays_from(all, executor);
    if (!first)
        return executor.name + " does not pay: at a delay of " + delay_text(all.delays.back()) + " it is " +
               times(all.delays.size() - 1) + ".";
    if (*first == 0) return executor.name + " pays at all of these delays: it is " + times(0) + " at the shortest.";
    const std::string before = delay_text(all.delays[*first - 1]), here = delay_text(all.delays[*first]);
    return executor.name + " begins to pay between a delay of " + before + ", where it is " + times(*first - 1) +
           ", and one of " + here + ", where it is " + times(*first) + ".";
}

std::string starts_text(const Comparison& all) {
    std::vector<std::string> costs;
    for (const Executor& executor : all.executors)
        costs.push_back((executor.start > 0 ? milliseconds(executor.start) : "no time that shows") + " in " +
                        executor.name);
    return "Starting " + std::to_string(all.workers) + " workers, connecting them and ending them takes " +
           list_of(costs) +
           ". The table above leaves it out, for workers are started once. The table below counts it, for " +
           std::to_string(all.tasks) + " tasks:";
}

std::string published_text(const Comparison& all) {
    std::vector<std::string> recipes, speedups;
    for (const Executor& executor : all.executors) {
        recipes.push_back(recipe_text(published_for(executor), all, executor));
        speedups.push_back(speedup_text(speedup(all, executor, all.delays.size() - 1, Start::measured)));
    }
    return "A course has published " + speedup_text(published_pool) + " for a pool of threads, and " +
           speedup_text(published_distributed) + " for a \"distributed\" executor. Where the start is measured, " +
           list_of(recipes) + ". With " + std::to_string(all.tasks) + " tasks at a delay of " +
           delay_text(all.delays.back()) + " the same programs, start and all, are " + list_of(speedups) +
           " times as fast. So the two numbers say how long the tasks were, how many there were, and what was in the "
           "measured time. They do not say that threads are fast and processes slow.";
}

std::string speedups_script(const Comparison& all, Start start, const std::string& file) {
    const bool is_measured = start == Start::measured;
    LineChart chart{
        .title = is_measured ? "With the start of the workers in the measured time" : "When does an executor pay?",
        .subtitle = std::to_string(all.tasks) + " tasks, " + std::to_string(all.workers) +
                    " workers; below 1 an executor is slower than sequential code",
        .x_unit = "delay of the server (logarithmic; at " + delay_text(all.delays.front()) + " a task takes " +
                  milliseconds(all.sequential.front() / all.tasks) + ")",
        .y_unit = "speed-up (times as fast as sequential)",
        .key = is_measured ? "bottom right" : "center right",
        .is_logarithmic = is_measured,
        .highest = 0};
    for (std::size_t at = 0; at < all.delays.size(); ++at)
        chart.ticks.push_back({delay_text(all.delays[at]), all.sequential[at] / all.tasks});
    const auto level = [&](const std::string& name, double value, DrawnLine::Look look) {
        chart.lines.push_back({name, std::vector<double>(all.delays.size(), value), look});
    };
    level("ideal: " + std::to_string(all.workers) + " workers", all.workers, DrawnLine::Look::ideal);
    double lowest = 1, highest = all.workers;
    for (const Executor& executor : all.executors) {
        DrawnLine line{executor.name, {}};
        for (std::size_t at = 0; at < all.delays.size(); ++at) line.values.push_back(speedup(all, executor, at, start));
        const auto [least, most] = std::minmax_element(line.values.begin(), line.values.end());
        lowest = std::min(lowest, *least);
        highest = std::max(highest, *most);
        chart.lines.push_back(line);
    }
    level("send_sequential", 1, DrawnLine::Look::baseline);
    chart.highest = highest * (is_measured ? 2 : 1.1);
    if (is_measured) {
        chart.lowest = std::min(lowest, published_distributed) / 2;
        chart.levels = {{speedup_text(published_pool) + ", as published for a pool", published_pool},
                        {speedup_text(published_distributed) + ", as published for a \"distributed\" executor",
                         published_distributed, /*is_below=*/true}};
    }
    return lines_script(chart, file);
}
