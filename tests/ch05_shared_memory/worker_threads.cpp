#include "ch05_shared_memory/worker_threads.hpp"

#include <algorithm>
#include <map>
#include <tuple>

WorkerThreads::WorkerThreads(const Plan& plan)
    : program(executable(plan.flavour), arguments(plan), [&] {
          Setting setting = plan.setting;
          setting.world = &world;
          return setting;
      }()) {}

std::vector<std::string> WorkerThreads::arguments(const Plan& plan) const {
    std::vector<std::string> words;
    for (std::size_t worker = 1; worker <= plan.workers; ++worker)
        words.push_back(world.url("/" + std::to_string(worker)));
    words.insert(words.end(), plan.strange.begin(), plan.strange.end());
    return words;
}

Rest WorkerThreads::settle() {
    Rest rest = program.settle();
    for (int idle = 0; rest == Rest::standstill && idle < 2;) {
        const std::vector<Task> tasks = program.tasks();
        std::vector<Held> sleepers = program.asleep();
        std::erase_if(sleepers, [&](const Held& held) {
            return std::any_of(tasks.begin(), tasks.end(),
                               [&](const Task& task) { return task.thread == held.thread && waits_for_network(task); });
        });
        if (sleepers.empty()) return rest;
        const auto progress = [&] {
            return std::tuple(program.output().size(), world.requests().size(), tasks.size());
        };
        const auto before = progress();
        for (const Held& held : sleepers) program.wake(held);
        rest = program.settle();
        idle = progress() == before ? idle + 1 : 0;
    }
    return rest;
}

Rest WorkerThreads::serve(std::size_t worker, std::size_t size) {
    if (const auto request = request_of(worker)) world.answer(*request, 200, body_of(worker, size));
    return settle();
}

Rest WorkerThreads::serve_all(std::size_t size) {
    world.serve([size](World& server, const HttpRequest& request) {
        server.answer(request, 200, body_of(std::stoul(request.path.substr(1)), size));
    });
    return settle();
}

std::optional<HttpRequest> WorkerThreads::request_of(std::size_t worker) const {
    for (const HttpRequest& request : world.in_flight())
        if (request.path == "/" + std::to_string(worker)) return request;
    return std::nullopt;
}

std::vector<pid_t> WorkerThreads::askers() const {
    std::vector<pid_t> found;
    const std::vector<Task> tasks = program.tasks();
    const std::map<int, pid_t> owners = owners_of(world.port(), program.process(), tasks);
    for (const HttpRequest& request : world.in_flight()) {
        const auto owner = owners.find(world.client_port(request));
        if (owner != owners.end() && owner->second != program.process()) return {};
    }
    for (const Task& task : tasks)
        if (task.process == program.process() && waits_for_network(task)) found.push_back(task.thread);
    return found;
}

std::optional<Task> WorkerThreads::main() const {
    for (const Task& task : program.tasks())
        if (task.thread == program.process()) return task;
    return std::nullopt;
}

std::vector<std::string> WorkerThreads::fresh_lines() {
    std::vector<std::string> lines = program.lines();
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(seen_lines_, lines.size())));
    seen_lines_ += lines.size();
    return lines;
}

std::string WorkerThreads::situation() const {
    const std::vector<std::string> lines = program.lines();
    return (lines.empty() ? "nothing is printed yet" : "the last line is " + in_quotes(lines.back())) + "; " +
           counted(world.in_flight().size(), "request is", "requests are") + " in flight; " + program.describe();
}

std::string WorkerThreads::wrong_finish(Rest rest, std::vector<std::string> expected, int exit_code) {
    std::vector<std::string> lines = program.lines();
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    if (rest == Rest::standstill) return "the program hangs: " + situation();
    const std::string difference = first_difference(lines, expected);
    if (!difference.empty()) return difference;
    if (!program.unfinished().empty()) return "a line without an end: " + in_quotes(program.unfinished());
    return wrong_end(program, rest, exit_code);
}
