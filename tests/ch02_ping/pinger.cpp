#include "ch02_ping/pinger.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <map>

std::vector<std::string> numbered_paths(int count) {
    std::vector<std::string> paths;
    for (int i = 0; i < count; ++i) paths.push_back("/" + std::to_string(i));
    return paths;
}

bool is_pool() {
    return program_name() == "ping_pool";
}

std::string readme(int step) {
    return "labs/ch02_ping/README.md#step-" + std::to_string(step);
}

Pinger::Pinger(const Plan& plan)
    : program(executable(plan.flavour), arguments(plan), [&] {
          Setting setting = plan.setting;
          setting.world = &world;
          return setting;
      }()) {}

std::vector<std::string> Pinger::arguments(const Plan& plan) const {
    std::vector<std::string> words = {"--timeout", plan.timeout};
    if (is_pool()) {
        const std::size_t everybody = std::min<std::size_t>(plan.paths.size() + plan.strange.size(), 256);
        words.insert(words.end(),
                     {"--workers", std::to_string(plan.workers > 0 ? plan.workers : static_cast<int>(everybody))});
    }
    for (const std::string& path : plan.paths) words.push_back(world.url(path));
    words.insert(words.end(), plan.strange.begin(), plan.strange.end());
    return plan.equals ? with_equals(words) : words;
}

namespace {

// Between two looks at its socket, perhaps.
bool pauses(const Task& task) {
    return task.call == SYS_nanosleep || task.call == SYS_clock_nanosleep;
}

}  // namespace

std::size_t Pinger::askers() const {
    std::map<pid_t, std::size_t> in_process;
    std::size_t most = 0;
    for (const Task& task : program.tasks())
        if (waits_for_network(task) || pauses(task)) most = std::max(most, ++in_process[task.process]);
    return most;
}

// Sleepers that do not wait for the network, but look again before long.
std::vector<Held> Pinger::bystanders() const {
    const std::vector<Task> tasks = program.tasks();
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& held) {
        return held.asked >= std::chrono::minutes(1) || std::any_of(tasks.begin(), tasks.end(), [&](const Task& task) {
                   return task.thread == held.thread && waits_for_network(task);
               });
    });
    return found;
}

Rest Pinger::settle() {
    Rest rest = program.settle();
    for (int idle = 0; rest == Rest::standstill && idle < 3;) {
        const std::vector<Held> others = bystanders();
        if (others.empty()) return rest;
        const auto progress = [&] {
            return std::pair(program.output().size(), world.requests().size() + world.connections());
        };
        const auto before = progress();
        for (const Held& held : others) program.wake(held);
        rest = program.settle();
        idle = progress() == before ? idle + 1 : 0;
    }
    return rest;
}

Rest Pinger::answer(const HttpRequest& request, int status, const std::string& reason) {
    world.answer(request, status, "", reason);
    return settle();
}

Rest Pinger::serve_all() {
    world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200); });
    return settle();
}

std::optional<HttpRequest> Pinger::in_flight(const std::string& path) const {
    for (const HttpRequest& request : world.in_flight())
        if (request.path == path) return request;
    return std::nullopt;
}

std::vector<std::string> Pinger::ok_lines(const std::vector<std::string>& paths) const {
    std::vector<std::string> lines;
    for (const std::string& path : paths) lines.push_back(url(path) + ":OK");
    return lines;
}

std::vector<std::string> Pinger::fresh_lines() {
    std::vector<std::string> lines = program.lines();
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(seen_lines_, lines.size())));
    seen_lines_ += lines.size();
    return lines;
}

std::string Pinger::situation() {
    const std::vector<std::string> lines = program.lines();
    return counted(world.in_flight().size(), "request is", "requests are") + " in flight; " +
           (lines.empty() ? "nothing is printed yet" : "the last line is " + in_quotes(lines.back())) + "; " +
           program.describe();
}

std::string wrong_lines(std::vector<std::string> lines, std::vector<std::string> expected) {
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> missing, extra;
    std::set_difference(expected.begin(), expected.end(), lines.begin(), lines.end(), std::back_inserter(missing));
    std::set_difference(lines.begin(), lines.end(), expected.begin(), expected.end(), std::back_inserter(extra));
    if (!missing.empty() && !extra.empty())
        return in_quotes(missing[0]) + " is missing, and there is " + in_quotes(extra[0]);
    if (!missing.empty()) return in_quotes(missing[0]) + " is missing";
    if (!extra.empty())
        return "a line " +
               std::string(std::count(expected.begin(), expected.end(), extra[0]) > 0 ? "once too often: "
                                                                                      : "that nobody asked for: ") +
               in_quotes(extra[0]);
    return "";
}
