#include "bench/asking.hpp"

#include <algorithm>

#include "grader/stage/timed_call.hpp"

namespace {

Setting in_world(Setting setting, World& world) {
    setting.world = &world;
    return setting;
}

}  // namespace

Asking::Asking(const std::function<Words(const World&)>& arguments, const Setting& setting, Flavour flavour,
               Speech speech)
    : WithWorld{World(speech)}, Bench(arguments(world), in_world(setting, world), flavour) {}

std::optional<HttpRequest> Asking::in_flight(const std::string& path) const {
    for (const HttpRequest& request : world.in_flight())
        if (request.path == path) return request;
    return std::nullopt;
}

std::string Asking::situation() const {
    return counted(world.in_flight().size(), "request is", "requests are") + " in flight; " + last_line() + "; " +
           program.describe();
}

std::vector<Held> Asking::bystanders() const {
    const std::vector<Task> tasks = program.tasks();
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& held) {
        return std::any_of(tasks.begin(), tasks.end(),
                           [&](const Task& task) { return task.thread == held.thread && waits_for_network(task); });
    });
    return found;
}

std::vector<std::size_t> Asking::progress() const {
    return {program.output().size(), world.requests().size()};
}
