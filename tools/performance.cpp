#include "tools/performance.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <set>

#include "support/child_program.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// The actor whose name stands in the line as a word.
int actor_of(const std::string& line, const std::vector<std::string>& actors) {
    const auto ends_word = [&](std::size_t i) {
        return i >= line.size() || !std::isalnum(static_cast<unsigned char>(line[i]));
    };
    for (std::size_t i = 0; i < actors.size(); ++i) {
        const std::size_t at = line.find(actors[i]);
        if (at == std::string::npos) continue;
        if ((at == 0 || ends_word(at - 1)) && ends_word(at + actors[i].size())) return static_cast<int>(i);
    }
    return -1;
}

std::string ending(int status, int exit_code) {
    if (WIFSIGNALED(status)) return std::string("was ended by signal ") + std::to_string(WTERMSIG(status));
    if (WEXITSTATUS(status) != exit_code) return "ended with exit code " + std::to_string(WEXITSTATUS(status));
    return "";
}

}  // namespace

Performance perform(const std::filesystem::path& file, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& actors, const std::function<void(const Line&)>& shown,
                    int exit_code, bool quiet) {
    Performance performance;
    const Clock::time_point begin = Clock::now();
    using Output = ChildProgram::Output;
    ChildProgram program(file, arguments, quiet ? Output::quietly_to_us : Output::to_us);

    std::string unfinished;
    const auto take_line = [&](const std::string& text) {
        performance.lines.push_back({seconds_since(begin), actor_of(text, actors), text});
        shown(performance.lines.back());
    };
    for (std::string some; !(some = program.read_some()).empty();) {
        for (const char letter : some) {
            if (letter != '\n') {
                unfinished += letter;
                continue;
            }
            take_line(unfinished);
            unfinished.clear();
        }
    }
    if (!unfinished.empty()) take_line(unfinished);
    const int status = program.wait();
    performance.took = seconds_since(begin);
    performance.ended = ending(status, exit_code);
    return performance;
}

std::vector<Stretch> Performance::stretches(int actor) const {
    std::vector<Stretch> all;
    double longest = 0;
    const Line* before = nullptr;
    for (const Line& line : lines) {
        if (line.actor != actor) continue;
        if (before) all.push_back({before->at, line.at});
        if (before) longest = std::max(longest, line.at - before->at);
        before = &line;
    }
    // Two lines that belong together, such as a last count and a farewell, are no stretch.
    std::erase_if(all, [&](const Stretch& stretch) { return stretch.to - stretch.from < longest / 5; });
    return all;
}

std::size_t Performance::changes() const {
    std::size_t changes = 0;
    int before = -1;
    for (const Line& line : lines) {
        if (line.actor < 0) continue;
        if (before >= 0 && line.actor != before) ++changes;
        before = line.actor;
    }
    return changes;
}

bool Performance::in_turn() const {
    std::set<int> spoke;
    for (const Line& line : lines) {
        if (line.actor >= 0) spoke.insert(line.actor);
    }
    return changes() + 1 <= spoke.size();
}

bool Performance::overlapping() const {
    std::set<int> actors;
    double sum = 0;
    for (const Line& line : lines) {
        if (line.actor < 0 || !actors.insert(line.actor).second) continue;
        for (const Stretch& stretch : stretches(line.actor)) sum += stretch.to - stretch.from;
    }
    return sum > took * 1.2;
}
