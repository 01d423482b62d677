#include "ch02_ping/pinger.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <map>

#include "grader/stage/timed_call.hpp"

Words numbered_paths(int count) {
    Words paths;
    for (int i = 0; i < count; ++i) paths.push_back("/" + std::to_string(i));
    return paths;
}

bool is_pool() {
    return program_name() == "ping_pool";
}

std::string readme(int step) {
    return "labs/ch02_ping/README.md#step-" + std::to_string(step);
}

namespace {

Words arguments(const PingPlan& plan, const World& world) {
    Words words = {"--timeout", plan.timeout};
    if (is_pool()) {
        const std::size_t all_of_them = std::min<std::size_t>(plan.paths.size() + plan.strange.size(), 256);
        words.insert(words.end(),
                     {"--workers", std::to_string(plan.workers > 0 ? plan.workers : static_cast<int>(all_of_them))});
    }
    for (const std::string& path : plan.paths) words.push_back(world.url(path));
    words.insert(words.end(), plan.strange.begin(), plan.strange.end());
    return plan.equals ? with_equals(words) : words;
}

// Between two looks at its socket, perhaps.
bool pauses(const Task& task) {
    return task.call == SYS_nanosleep || task.call == SYS_clock_nanosleep;
}

}  // namespace

Pinger::Pinger(const PingPlan& plan, const Setting& setting, Flavour flavour)
    : Asking([&plan](const World& world) { return arguments(plan, world); }, setting, flavour) {}

std::size_t Pinger::askers() const {
    std::map<pid_t, std::size_t> in_process;
    std::size_t most = 0;
    for (const Task& task : program.tasks())
        if (waits_for_network(task) || pauses(task)) most = std::max(most, ++in_process[task.process]);
    return most;
}

std::vector<Held> Pinger::bystanders() const {
    std::vector<Held> found = Asking::bystanders();
    std::erase_if(found, [](const Held& held) { return held.asked >= std::chrono::minutes(1); });
    return found;
}

std::vector<std::size_t> Pinger::progress() const {
    std::vector<std::size_t> numbers = Asking::progress();
    numbers.push_back(world.connections());
    return numbers;
}

Rest Pinger::answer(const HttpRequest& request, int status, const std::string& reason) {
    world.answer(request, status, "", reason);
    return settle();
}

void Pinger::serve() {
    world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200); });
}

Rest Pinger::serve_all() {
    serve();
    return settle();
}

Words Pinger::ok_lines(const Words& paths) const {
    Words lines;
    for (const std::string& path : paths) lines.push_back(url(path) + ":OK");
    return lines;
}
