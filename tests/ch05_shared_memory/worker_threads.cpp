#include "ch05_shared_memory/worker_threads.hpp"

#include <map>

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

std::unique_ptr<Fetching> start_worker_threads(const FetchPlan& plan, const Setting& setting) {
    return std::make_unique<WorkerThreads>(plan, setting);
}
