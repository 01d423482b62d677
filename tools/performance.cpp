#include "tools/performance.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <set>
#include <stdexcept>

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

// The child's process id; `out` is the reading end of its stdout.
pid_t start(const std::filesystem::path& file, const std::vector<std::string>& arguments, int& out, bool quiet) {
    std::vector<std::string> words{file.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    int ends[2];
    if (access(file.c_str(), X_OK) != 0 || pipe(ends) != 0) {
        throw std::runtime_error(file.string() + " cannot be run: " + std::strerror(errno));
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (quiet) dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(argv[0], argv.data());
        _exit(127);
    }
    close(ends[1]);
    out = ends[0];
    if (child < 0) throw std::runtime_error(file.string() + " cannot be started: " + std::strerror(errno));
    return child;
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
    int out = -1;
    const pid_t child = start(file, arguments, out, quiet);

    std::string unfinished;
    const auto take_line = [&](const std::string& text) {
        performance.lines.push_back({seconds_since(begin), actor_of(text, actors), text});
        shown(performance.lines.back());
    };
    char buffer[4096];
    ssize_t count = 0;
    while ((count = read(out, buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR)) {
        for (ssize_t i = 0; i < count; ++i) {
            if (buffer[i] != '\n') {
                unfinished += buffer[i];
                continue;
            }
            take_line(unfinished);
            unfinished.clear();
        }
    }
    if (!unfinished.empty()) take_line(unfinished);
    close(out);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
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
