#include "bench/bench.hpp"

#include <algorithm>

#include "bench/ends.hpp"
#include "bench/lines.hpp"

Bench::Bench(const Words& arguments, const Setting& setting, Flavour flavour)
    : program(executable(flavour), arguments, setting) {}

Rest Bench::settle() {
    Rest rest = settle_once();
    for (int idle = 0; rest == Rest::standstill && idle < most_looks();) {
        const std::vector<Held> others = bystanders();
        if (others.empty()) break;
        const std::vector<std::size_t> before = progress();
        for (const Held& held : others) program.wake(held);
        rest = settle_once();
        idle = progress() == before ? idle + 1 : 0;
    }
    return rest;
}

Words Bench::fresh_lines() {
    Words lines = program.lines();
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(seen_lines_, lines.size())));
    seen_lines_ += lines.size();
    return lines;
}

std::string Bench::last_line() const {
    const Words lines = program.lines();
    return lines.empty() ? "nothing is printed yet" : "the last line is " + in_quotes(lines.back());
}

std::string Bench::wrong_end(Rest rest, int exit_code) {
    return rest == Rest::standstill ? "the program hangs: " + situation() : ::wrong_end(program, rest, exit_code);
}

std::string Bench::wrong_lines_or_end(const std::string& wrong_lines, Rest rest, int exit_code) {
    if (rest == Rest::standstill) return wrong_end(rest);  // then lines are missing because of that
    if (!wrong_lines.empty()) return wrong_lines + (rest == Rest::ended ? "" : "; " + wrong_end(rest, exit_code));
    if (!program.unfinished().empty()) return "a line without an end: " + in_quotes(program.unfinished());
    return wrong_end(rest, exit_code);
}

std::string Bench::wrong_finish(Rest rest, const Words& expected, int exit_code) {
    return wrong_lines_or_end(wrong_lines(program.lines(), expected), rest, exit_code);
}

std::string Bench::wrong_lines(const Words& lines, const Words& expected) const {
    return wrong_in_any_order(lines, expected);
}

std::string Bench::does_not_wait(Rest rest, const std::string& when) {
    if (rest == Rest::standstill) return "";
    if (rest == Rest::spinning)
        return when + ": the program uses processor time instead of being blocked: " + situation();
    return when + ": " + wrong_end(rest);
}
