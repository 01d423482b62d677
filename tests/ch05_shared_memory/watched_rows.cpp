#include "ch05_shared_memory/watched_rows.hpp"

#include <algorithm>
#include <set>
#include <utility>

Words scaling_flags(const std::string& work, int jobs, int most) {
    return {"--work", work, "--jobs", std::to_string(jobs), "--max-threads", std::to_string(most)};
}

namespace {

// The threads that sleep at one moment, and the time that then passed before they woke.
struct Moment {
    std::vector<Held> fresh, asleep;  // fresh: since the moment before
    std::size_t lines = 0;            // printed so far
    long births = 0;                  // of threads, so far
    Nanoseconds passed{};
};

// A program that prints each row when it is done shows where the row ends; else it ends when all jobs have begun.
std::vector<Watched> rows_of(const std::vector<Moment>& moments, std::size_t jobs, const Words& lines) {
    const bool prints_as_it_goes = !moments.empty() && moments.back().lines > 1;
    std::vector<Watched> rows;
    std::size_t printed = 0;
    long births = 0;
    for (const Moment& moment : moments) {
        const bool over = prints_as_it_goes ? moment.lines > printed : !rows.empty() && rows.back().jobs >= jobs;
        if (rows.empty() || over) rows.emplace_back();
        printed = std::max<std::size_t>(moment.lines, 1);
        Watched& row = rows.back();
        row.jobs += moment.fresh.size();
        row.most_at_once = std::max(row.most_at_once, moment.asleep.size());
        row.least_at_once = std::min(row.least_at_once, moment.asleep.size());
        row.births += moment.births - std::exchange(births, moment.births);
        row.passed += moment.passed;
        for (const Held& held : moment.asleep) {
            row.main_does_jobs = row.main_does_jobs || held.thread == held.process;
            row.shortest = std::min(row.shortest, held.asked);
        }
    }
    for (std::size_t i = 0; i < rows.size() && i + 1 < lines.size(); ++i)
        rows[i].threads = lines[i + 1].substr(0, lines[i + 1].find(','));
    return rows;
}

}  // namespace

Seen watch(int jobs, int most, const std::vector<Nanoseconds>& due_in_row) {
    const Words words = scaling_flags("io", jobs, most);
    Bench bench(most == 6 ? with_equals(words) : words, {.policy = {.one_clock = true}});
    Program& program = bench.program;
    std::vector<Moment> moments;
    std::set<std::uint64_t> begun;
    Rest rest = program.settle();
    for (int moves = 0; rest == Rest::standstill && moves < 5'000 && !program.asleep().empty(); ++moves) {
        Moment now{.fresh = {},
                   .asleep = program.asleep(),
                   .lines = program.lines().size(),
                   .births = program.stage().trace.count(Event::Kind::thread_created)};
        for (const Held& held : now.asleep) {
            if (begun.insert(held.id).second) now.fresh.push_back(held);
            now.passed = std::max(now.passed, held.asked);
        }
        moments.push_back(now);
        const std::size_t row = rows_of(moments, static_cast<std::size_t>(jobs), {}).size();
        moments.back().passed = std::max(now.passed, due_in_row[std::min(row, due_in_row.size()) - 1]);
        program.stage().pass(moments.back().passed);
        for (const Held& held : now.asleep) program.wake(held);
        rest = program.settle();
    }
    return {rows_of(moments, static_cast<std::size_t>(jobs), program.lines()), program.lines(), bench.wrong_end(rest)};
}

std::string row_name(const Watched& row) {
    return "the row of " + row.threads + (row.threads == "1" ? " thread" : " threads");
}
