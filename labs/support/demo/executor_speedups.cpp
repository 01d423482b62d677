// How ./kit demo ch07 ends: the finished executors over several delays of the server, against sequential code; and the
// same where the start of their workers is measured, which explains two speed-ups that were published.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "support/bars.hpp"
#include "support/command.hpp"
#include "support/demo/speedups_told.hpp"
#include "support/explain.hpp"
#include "support/mpirun.hpp"
#include "support/options.hpp"
#include "support/print.hpp"
#include "support/server.hpp"
#include "support/stopwatch.hpp"

namespace {

namespace fs = std::filesystem;

struct Request {
    std::string build = "build", delays = "0ms,0.5ms,1ms,5ms,50ms", draw = "build/demo/ch07";
    int tasks = 32, workers = 8, starts = 50;
    Duration time = std::chrono::seconds(1);
};

// What is run: a program, or env(1) with the words that start it.
struct Runnable {
    std::string name;
    fs::path file;
    std::vector<std::string> arguments{};
};

struct Run {
    double best;  // of its samples, in seconds: on a busy machine the others are too long
    double took;  // from its start to its end
};

// The numbers of the table's only row, by their columns' names.
std::map<std::string, double> row_of(std::istream& text) {
    std::string names, cells, name, cell;
    while (std::getline(text, names) && names.rfind("executor,", 0) != 0) continue;
    std::getline(text, cells);
    std::istringstream columns(names), values(cells);
    std::map<std::string, double> row;
    while (std::getline(columns, name, ',') && std::getline(values, cell, ',')) row[name] = std::atof(cell.c_str());
    return row;
}

Run run(const Runnable& program, const Server& server, int tasks, int workers, int samples) {
    std::vector<std::string> arguments = program.arguments;
    arguments.insert(arguments.end(), {"--host", server.url(), "--tasks", std::to_string(tasks), "--workers",
                                       std::to_string(workers), "--samples", std::to_string(samples)});
    const Stopwatch watch;
    const std::string output = output_of(program.file, arguments);
    const double took = watch.seconds();
    std::istringstream text(output);
    std::map<std::string, double> row = row_of(text);
    if (row["samples"] != samples) throw std::runtime_error(program.name + " has printed no table");
    return {row["min_s"], took};
}

Server server_with(double delay, const Request& request) {
    return Server(fs::path(request.build) / "labs/support/chat_server", Server::Port::any,
                  {"--delay", std::to_string(std::llround(delay * 1e6)) + "us"});
}

// Why MPI cannot be shown here; empty where it can.
std::string missing_for(const Runnable& mpi, const fs::path& program, const Request& request) {
    if (!fs::exists(program) || !has_command("mpirun")) return "MPI is not installed";
    try {
        run(mpi, server_with(0, request), request.workers, request.workers, 1);
    } catch (const std::runtime_error&) {
        return "mpirun does not work on this machine";
    }
    return "";
}

// send_sequential first. Without MPI there is one less, and a note says so.
std::vector<Runnable> programs(const Request& request) {
    const fs::path given = fs::path(request.build) / "labs/ch07_executors";
    const fs::path finished = fs::path(request.build) / "solutions/ch07_executors";
    const Runnable mpi{"send_mpi", "/usr/bin/env", mpirun_arguments(request.workers + 1, given / "send_mpi")};
    std::vector<Runnable> all{{"send_sequential", given / "send_sequential"},
                              {"send_pool", finished / "send_pool"},
                              {"send_processes", finished / "send_processes"}};
    const std::string missing = missing_for(mpi, given / "send_mpi", request);
    if (missing.empty()) {
        all.push_back(mpi);
        return all;
    }
    explain("Note", missing + ", so send_mpi is not in these tables.");
    std::cout << '\n';
    return all;
}

std::vector<double> delays_in(const std::string& list) {
    std::vector<double> delays;
    std::istringstream words(list);
    for (std::string word; std::getline(words, word, ',');) {
        const auto delay = parse_duration(word);
        if (!delay) throw std::runtime_error("'" + word + "' is no delay: give durations, as in 0ms,0.5ms,50ms");
        delays.push_back(std::chrono::duration<double>(*delay).count());
    }
    if (!std::is_sorted(delays.begin(), delays.end()) || delays.size() < 2)
        throw std::runtime_error("give two delays or more, short ones first");
    return delays;
}

// As many as take sequential code about the time that was asked for.
int samples_at(double delay, const Request& request) {
    constexpr double task_itself = 0.0001;
    const double sample = request.tasks * (delay + task_itself);
    return std::clamp(static_cast<int>(std::chrono::duration<double>(request.time).count() / sample), 3, 50);
}

// In bold where the executor pays.
void show_cell(const std::string& text, std::size_t width, bool pays) {
    std::cout << (pays ? in_bold(text) : text) << padded("", width - std::min(width, text.size())) << std::flush;
}

constexpr std::size_t column = 16;

// Fills in what all took, and shows it row by row as it is measured.
void compare(Comparison& all, const std::vector<Runnable>& programs, const Request& request) {
    std::cout << in_bold("When does an executor pay?") << " Best samples of " << all.tasks
              << " tasks, against send_sequential\n\n"
              << padded("  delay", 10) << padded("sequential", 13);
    for (const Executor& executor : all.executors) std::cout << padded(executor.name, column);
    std::cout << "ideal" << std::endl;
    for (const double delay : all.delays) {
        const Server server = server_with(delay, request);
        const auto best = [&, samples = samples_at(delay, request)](const Runnable& program) {
            return run(program, server, all.tasks, all.workers, samples).best;
        };
        std::cout << padded("  " + delay_text(delay), 10) << std::flush;
        all.sequential.push_back(best(programs.front()));
        show_cell(milliseconds(all.sequential.back()), 13, false);
        for (std::size_t i = 0; i < all.executors.size(); ++i) {
            Executor& executor = all.executors[i];
            executor.seconds.push_back(best(programs[i + 1]));
            const double times = speedup(all, executor, executor.seconds.size() - 1, Start::left_out);
            show_cell(speedup_text(times), column, times > 1);
        }
        std::cout << all.workers << std::endl;
    }
}

// What a program with a task for each worker takes beside that task, less what send_sequential does: the best of several
// times, in turn. A program that takes far longer is not run as often.
void measure_starts(Comparison& all, const std::vector<Runnable>& programs, const Request& request) {
    const Server server = server_with(all.delays.front(), request);
    std::vector<double> took(programs.size(), std::numeric_limits<double>::infinity());
    for (int round = 0; round < request.starts; ++round)
        for (std::size_t i = 0; i < programs.size(); ++i) {
            if (round % 10 != 0 && took[i] > 10 * took.front()) continue;
            took[i] = std::min(took[i], run(programs[i], server, all.workers, all.workers, 1).took);
        }
    const double share = static_cast<double>(all.workers) / all.tasks;
    const double itself = took.front() - share * all.sequential.front();
    for (std::size_t i = 0; i < all.executors.size(); ++i) {
        Executor& executor = all.executors[i];
        executor.start = std::max(0.0, took[i + 1] - share * executor.seconds.front() - itself);
    }
}

void show_starts(const Comparison& all) {
    std::cout << padded("  executor", 18) << padded("start", 11);
    for (const double delay : all.delays) std::cout << padded(delay_text(delay), 9);
    std::cout << '\n';
    for (const Executor& executor : all.executors) {
        std::cout << padded("  " + executor.name, 18) << padded(milliseconds(executor.start), 11);
        for (std::size_t at = 0; at < all.delays.size(); ++at) {
            const double times = speedup(all, executor, at, Start::measured);
            show_cell(speedup_text(times), 9, times > 1);
        }
        std::cout << '\n';
    }
}

void show(const Request& request) {
    Comparison all{request.tasks, request.workers, delays_in(request.delays)};
    const std::vector<Runnable> all_programs = programs(request);
    for (auto program = all_programs.begin() + 1; program != all_programs.end(); ++program)
        all.executors.push_back({program->name});
    compare(all, all_programs, request);
    std::cout << '\n';
    std::string label = "Seen";
    for (const Executor& executor : all.executors) explain(std::exchange(label, ""), pays_text(all, executor));
    draw_both(request.draw + "_speedups",
              [&](const std::string& file) { return speedups_script(all, Start::left_out, file); });

    std::cout << '\n' << in_bold("And with the start of the workers?") << std::endl;
    measure_starts(all, all_programs, request);
    std::cout << '\n';
    explain("Seen", starts_text(all));
    std::cout << '\n';
    show_starts(all);
    std::cout << '\n';
    explain("So", published_text(all));
    draw_both(request.draw + "_starts",
              [&](const std::string& file) { return speedups_script(all, Start::measured, file); });
    if (!has_gnuplot())
        explain("Note",
                "gnuplot is not installed, so this chapter's two pictures were not drawn. ./kit demo ch07 installs it "
                "and draws them.");
}

}  // namespace

int main(int argc, char** argv) {
    Request request;
    Options flags("measures over which delays the executors of chapter 7 pay, and what their start costs");
    flags.text("--build", request.build, "the folder with the programs");
    flags.text("--delays", request.delays, "of the server, short ones first");
    flags.text("--draw", request.draw, "how the names of the files with pictures begin");
    flags.count("--tasks", request.tasks, {1, 10'000}, "of each sample");
    flags.count("--workers", request.workers, {1, 64}, "of each executor");
    flags.count("--starts", request.starts, {1, 1'000}, "how often the start is measured");
    flags.duration("--time", request.time, {Duration(0), std::chrono::hours(1)}, "for the samples of a row");
    flags.parse(argc, argv);
    try {
        show(request);
        return 0;
    } catch (const std::exception& error) {
        std::cout << std::flush;
        print_error("executor_speedups: ", error.what());
        return 3;
    }
}
