#include "ch01_countdown/countdown.hpp"

#include <algorithm>
#include <sstream>

#include "support/duration.hpp"

namespace {

// More than any countdown here needs; the end of one that sleeps for ever.
constexpr int most_steps = 400;
constexpr int most_polls = 50;

bool is_start_or_finish(const std::string& line) {
    const auto ends_with = [&](const std::string& end) {
        return line.size() > end.size() && line.compare(line.size() - end.size(), end.size(), end) == 0;
    };
    return tells_starts() && line.rfind("Thread ", 0) == 0 && (ends_with(" starting...") || ends_with(" finished"));
}

// "Thread Alice is counting down: 3..." is Alice's; a line that is no number line is no actor's.
std::optional<std::string> counted_by(const std::string& text) {
    const std::size_t end = text.find(" is counting down: ");
    if (end == std::string::npos) return std::nullopt;
    const std::string prefix = line_prefix();
    return text.rfind(prefix, 0) == 0 && end >= prefix.size() ? text.substr(prefix.size(), end - prefix.size()) : "";
}

}  // namespace

Words CountdownPlan::arguments() const {
    Words words = {"--from", std::to_string(from), "--tick", tick};
    if (equals) words = {"--from=" + std::to_string(from), "--tick=" + tick};
    words.insert(words.end(), names.begin(), names.end());
    return words;
}

Words so_many(std::size_t names) {
    Words found;
    for (std::size_t i = 1; i <= names; ++i) found.push_back("A" + std::to_string(i));
    return found;
}

bool of_processes() {
    return program_name() == "countdown_processes";
}

bool tells_starts() {
    return program_name() == "countdown_threads_v2";
}

std::string line_prefix() {
    return of_processes() ? "Process " : "Thread ";
}

std::string number_line(const std::string& name, int number) {
    return line_prefix() + name + " is counting down: " + std::to_string(number) + "...";
}

std::string end_line(const std::string& name) {
    return line_prefix() + name + " finished counting down";
}

std::string readme(int step) {
    return "labs/ch01_countdown/README.md#step-" + std::to_string(step);
}

Countdown::Countdown(const CountdownPlan& plan, const Setting& setting, Flavour flavour)
    : Bench(plan.arguments(), setting, flavour), plan_(plan), tick_(parse_duration(plan.tick).value()) {}

std::map<pid_t, std::set<std::string>> Countdown::printed_by() const {
    std::map<pid_t, std::set<std::string>> names;
    for (const Event& event : program.stage().trace.events) {
        // Threads that share a buffer flush each other's lines: only a line by itself tells whose it is.
        if (event.kind != Event::Kind::writes || std::count(event.text.begin(), event.text.end(), '\n') > 1) continue;
        if (const std::optional<std::string> name = counted_by(event.text)) names[event.thread].insert(*name);
    }
    return names;
}

std::vector<Held> Countdown::sleepers(bool that_count) const {
    const std::map<pid_t, std::set<std::string>> printed = printed_by();
    const auto prints_its_own = [&](const std::pair<const pid_t, std::set<std::string>>& entry) {
        return entry.second.size() == 1;
    };
    // Then any other thread that sleeps for a tick is a main thread that looks at each tick, or a heartbeat.
    const bool all_print_their_own =
        plan_.names.size() > 1 &&
        std::count_if(printed.begin(), printed.end(), prints_its_own) >= static_cast<long>(plan_.names.size());
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& sleeper) {
        const auto own = printed.find(sleeper.thread);
        const bool prints = own != printed.end() && prints_its_own(*own);
        const bool counts = prints || (!all_print_their_own && sleeper.asked == tick_);
        return counts != that_count;
    });
    // Who falls asleep first is the system's choice: by name, the criteria's choice is the same each time.
    const auto place = [&](const Held& sleeper) {
        const auto own = printed.find(sleeper.thread);
        const std::string name = own == printed.end() ? "" : *own->second.begin();
        return std::find(plan_.names.begin(), plan_.names.end(), name) - plan_.names.begin();
    };
    std::stable_sort(found.begin(), found.end(), [&](const Held& a, const Held& b) { return place(a) < place(b); });
    return found;
}

std::vector<Held> Countdown::actors() const {
    return sleepers(true);
}

std::vector<Held> Countdown::bystanders() const {
    return actors().size() < plan_.names.size() ? sleepers(false) : std::vector<Held>{};
}

bool Countdown::is_asleep(pid_t actor) const {
    const std::vector<Held> sleepers = program.asleep();
    return std::any_of(sleepers.begin(), sleepers.end(),
                       [actor](const Held& sleeper) { return sleeper.thread == actor; });
}

Countdown::Step Countdown::step(pid_t actor) {
    Step step;
    const std::size_t before = program.lines().size();
    for (int slices = 0; slices < most_steps; ++slices) {
        const std::vector<Held> sleepers = program.asleep();
        const auto it = std::find_if(sleepers.begin(), sleepers.end(),
                                     [actor](const Held& sleeper) { return sleeper.thread == actor; });
        if (it == sleepers.end()) break;
        step.slept += it->asked;
        program.wake(*it);
        program.settle();
        if (program.lines().size() > before) break;
    }
    const Words lines = program.lines();
    step.lines.assign(lines.begin() + static_cast<std::ptrdiff_t>(before), lines.end());
    std::erase_if(step.lines, is_start_or_finish);
    step.asleep = is_asleep(actor);
    return step;
}

Rest Countdown::run(Order order, pid_t slowest) {
    Rest rest = program.settle();
    int polls = 0;
    for (int steps = 0; steps < most_steps * plan_.from && rest != Rest::ended && rest != Rest::impatient; ++steps) {
        std::vector<Held> ready = actors();
        std::erase_if(ready, [slowest](const Held& sleeper) { return sleeper.thread == slowest; });
        if (ready.empty()) {
            ready = sleepers(false);
            if (ready.empty() || ++polls > most_polls) break;
        }
        const auto youngest = std::min_element(ready.begin(), ready.end(), [this](const Held& a, const Held& b) {
            return program.stage().age(a.thread) < program.stage().age(b.thread);
        });
        program.wake(order == Order::one_ahead ? ready.back() : *youngest);
        rest = program.settle();
    }
    return rest;
}

Rest Countdown::run_by_writes(Writer next, int most_writes) {
    Rest rest = program.settle();
    const auto older = [](const Held& a, const Held& b) { return a.thread < b.thread; };  // numbered as they are made
    int writes_done = 0;
    for (int steps = 0; steps < most_steps * plan_.from && rest == Rest::standstill; ++steps) {
        const std::vector<Held> writes = program.stage().held(Held::Kind::write), sleepers = program.asleep();
        if (writes.empty() ? sleepers.empty() : writes_done++ == most_writes) break;
        const auto [oldest, newest] = std::minmax_element(writes.begin(), writes.end(), older);
        if (!writes.empty()) program.wake(next == Writer::newest ? *newest : *oldest);
        for (const Held& sleeper : writes.empty() ? sleepers : std::vector<Held>{}) program.wake(sleeper);
        rest = program.settle();
    }
    return rest;
}

Words Countdown::count_lines() const {
    Words lines = program.lines();
    std::erase_if(lines, is_start_or_finish);
    return lines;
}

std::string Countdown::last_count_line() const {
    const Words lines = count_lines();
    return lines.empty() ? "no number is printed yet" : "the last line is " + in_quotes(lines.back());
}

std::string Countdown::situation() const {
    return last_line() + "; " + program.describe();
}

std::string Countdown::who_sleeps() const {
    const std::size_t asleep = actors().size();
    return counted(asleep, "actor is", "actors are") +
           (count_lines().size() < asleep ? " asleep; " : " asleep after a number; ") + situation();
}

std::string actor_of(const std::string& line, const CountdownPlan& plan) {
    for (const std::string& name : plan.names) {
        for (int number = plan.from; number > 0; --number)
            if (line == number_line(name, number)) return name;
        if (line == end_line(name)) return name;
    }
    return "";
}

std::string wrong_count_lines(const Words& lines, const CountdownPlan& plan) {
    std::map<std::string, int> copies;
    for (const std::string& name : plan.names) ++copies[name];
    std::map<std::string, int> seen;
    for (const std::string& line : lines) {
        if (is_start_or_finish(line)) continue;
        const int before = seen[line]++;
        bool known = false;
        for (const auto& [name, count] : copies) {
            for (int number = plan.from; number >= 0 && !known; --number) {
                if (line != (number > 0 ? number_line(name, number) : end_line(name))) continue;
                known = true;
                if (before == count) return in_quotes(line) + " is printed too often";
                if (number < plan.from && seen[number_line(name, number + 1)] <= before)
                    return in_quotes(line) + " comes before " + in_quotes(number_line(name, number + 1));
            }
        }
        if (!known) return "one line should not be there: " + in_quotes(line);
    }
    for (const auto& [name, count] : copies) {
        for (int number = plan.from; number >= 0; --number) {
            const std::string line = number > 0 ? number_line(name, number) : end_line(name);
            if (seen[line] < count) return in_quotes(line) + " is missing";
        }
    }
    return "";
}

std::string wrong_starts_and_finishes(const Words& lines, const CountdownPlan& plan) {
    const auto place = [&](const std::string& line) { return std::find(lines.begin(), lines.end(), line); };
    for (const std::string& name : plan.names) {
        const std::string start = "Thread " + name + " starting...", finish = "Thread " + name + " finished";
        for (const std::string& line : {start, finish}) {
            const long count = std::count(lines.begin(), lines.end(), line);
            if (count == 0) return in_quotes(line) + " is missing";
            if (count > 1) return in_quotes(line) + " is printed " + std::to_string(count) + " times, not once";
        }
        if (place(start) > place(number_line(name, plan.from)))
            return in_quotes(start) + " comes after " + in_quotes(number_line(name, plan.from));
        if (place(finish) < place(end_line(name)))
            return in_quotes(finish) + " comes before " + in_quotes(end_line(name));
    }
    return "";
}

std::string Countdown::wrong_count_lines() const {
    return ::wrong_count_lines(program.lines(), plan_);
}

std::string Countdown::wrong_finish(Rest rest) {
    const std::string lines = wrong_count_lines();
    return lines.empty() ? wrong_end(rest) : lines;
}

Rest in_turn(Countdown& countdown) {
    return countdown.run(Countdown::Order::in_turn);
}

Rest one_ahead(Countdown& countdown) {
    return countdown.run(Countdown::Order::one_ahead);
}

Rest newest_first(Countdown& countdown) {
    return countdown.run_by_writes(Countdown::Writer::newest);
}

Rest oldest_first(Countdown& countdown) {
    return countdown.run_by_writes(Countdown::Writer::oldest);
}
