#include "ch05_shared_memory/queue.hpp"

#include <algorithm>
#include <cstdint>
#include <regex>

Words QueuePlan::arguments() const {
    return {"--capacity",  std::to_string(capacity),  "--producers", std::to_string(producers),
            "--consumers", std::to_string(consumers), "--items",     std::to_string(items)};
}

std::string in_plan(const QueuePlan& plan, const std::string& problem) {
    return problem.empty() ? "" : problem + "; this was " + with_arguments(plan.arguments());
}

std::string wrong_line(const Words& lines, const QueuePlan& plan, std::optional<long> peak) {
    static const std::regex form("consumed (\\d{1,15}) items, sum (\\d{1,18}), peak (\\d{1,15})");
    std::smatch found;
    if (lines.size() != 1 || !std::regex_match(lines[0], found, form))
        return "the program prints " + list_in_quotes(lines) + ", not one line \"consumed N items, sum S, peak P\"";
    const long sum = plan.items * (plan.items + 1) / 2, most = std::min<long>(plan.capacity, plan.items);
    const std::string said = "the program says " + in_quotes(lines[0]) + ", but ";
    const auto items = [](long number) { return std::to_string(number) + (number == 1 ? " item" : " items"); };
    if (std::stol(found[1]) != plan.items) return said + "--items is " + std::to_string(plan.items);
    if (std::stol(found[2]) != sum)
        return said + "the sum of the numbers 1 to " + std::to_string(plan.items) + " is " + std::to_string(sum);
    const long said_peak = std::stol(found[3]);
    if (said_peak > most)
        return said + (plan.items < plan.capacity ? "only " + items(plan.items) + " went through the queue"
                                                  : "the queue has room for " + items(plan.capacity));
    if (said_peak < 1 && plan.items > 0) return said + "every item goes through the queue, so the peak is at least 1";
    if (peak && said_peak != *peak) return said + "the real peak is " + std::to_string(*peak);
    return "";
}

Queue::Queue(const QueuePlan& plan) : Crew(plan.arguments()), plan_(plan) {
    absent_ = gather(static_cast<std::size_t>(plan.producers + plan.consumers));
}

void Queue::move_all(const std::vector<std::size_t>& who) {
    bool moved = true;
    for (int rounds = 0; moved && rounds < 1'000; ++rounds) {
        moved = false;
        for (const std::size_t born : who) moved = move(member(born)) || moved;
    }
}

std::size_t Queue::ended(const std::vector<std::size_t>& who) const {
    return static_cast<std::size_t>(
        std::count_if(who.begin(), who.end(), [&](std::size_t born) { return has_ended(born); }));
}

bool Queue::can_go_on(const std::vector<std::size_t>& who) {
    return std::any_of(who.begin(), who.end(),
                       [&](std::size_t born) { return !has_ended(born) && !microscope.blocked(member(born)); });
}

bool Queue::stop_behind_atomic(pid_t thread, int nth) {
    int seen = 0;
    const Look look = microscope.step(
        thread, {.here = [&](Address instruction) { return microscope.atomic_at(instruction) && ++seen == nth; }});
    return look.stop == Stop::steps && microscope.step(thread, 1).stop == Stop::steps;
}

pid_t Queue::wakes_one_of(pid_t mover, const std::vector<pid_t>& waiting) {
    const auto awake = [&]() -> pid_t {
        for (const pid_t thread : waiting)
            if (!microscope.has_ended(thread) && !microscope.blocked(thread)) return thread;
        return 0;
    };
    while (microscope.step(mover, {.call = true}).stop == Stop::call)
        if (const pid_t woken = awake(); woken != 0) return woken;
    return awake();
}

std::string Queue::wrong_to_the_end(std::optional<long> peak) {
    finish();
    if (!microscope.has_ended(microscope.main())) return "the program hangs: " + situation();
    const std::string end = wrong_end(program.settle());
    return end.empty() ? wrong_line(program.lines(), plan_, peak) : end;
}

std::string find_roles(const QueuePlan& plan, Roles& roles) {
    // Room for all items and every marker of the end: a producer alone comes to its end, a consumer waits.
    QueuePlan roomy = plan;
    roomy.capacity = 1'000;
    roomy.items = 2L * plan.producers;
    const std::size_t crew = static_cast<std::size_t>(plan.producers + plan.consumers);
    for (const bool behind_all_others : {false, true}) {  // for threads that begin together, at a barrier
        roles = {};
        for (std::size_t born = 0; born < crew; ++born) {
            Queue queue(roomy);
            if (!queue.absent().empty()) return queue.absent();
            for (std::size_t other = 0; other < crew && behind_all_others; ++other)
                if (other != born) queue.move(queue.member(other));
            queue.move(queue.member(born));
            (queue.has_ended(born) ? roles.producers : roles.consumers).push_back(born);
        }
        if (!roles.producers.empty()) break;
    }
    if (roles.producers.size() == static_cast<std::size_t>(plan.producers)) return "";
    return "moved alone, " + std::to_string(roles.producers.size()) + " of " + std::to_string(crew) +
           " threads came to an end, not " + std::to_string(plan.producers) +
           ": in an empty queue with room for all items, a producer puts its share and ends, and a consumer waits";
}

std::string with_roles(const QueuePlan& plan, const std::function<std::string(const Roles&)>& look) {
    Roles roles;
    const std::string problem = find_roles(plan, roles);
    return problem.empty() ? look(roles) : problem;
}

namespace {

constexpr int most_atomics = 12;  // on a thread's way into its first lock

// Of a crew whose `holder` is held, while all others wait.
std::string forgotten_behind(Queue& queue, pid_t holder) {
    std::vector<pid_t> waiting = queue.others(holder);
    const pid_t first = queue.wakes_one_of(holder, waiting);
    if (first == 0)
        return queue.name(holder) + " had the lock, all other threads waited for it, and it woke none of them; " +
               queue.situation();
    std::erase(waiting, first);
    queue.move(first);
    const bool goes_on = std::any_of(waiting.begin(), waiting.end(), [&](pid_t thread) {
        return !queue.microscope.has_ended(thread) && !queue.microscope.blocked(thread);
    });
    if (goes_on) return "";
    return "three threads waited for the lock that " + queue.name(holder) + " had; it unlocked, then " +
           queue.name(first) +
           " locked and unlocked, and the other two sleep on: the lock forgets threads that wait; " + queue.situation();
}

}  // namespace

std::string forgotten_waiter(const Roles& roles) {
    for (int nth = 1; nth <= most_atomics; ++nth) {
        Queue queue({.capacity = 1'000, .items = 20});
        if (!queue.absent().empty()) return queue.absent();
        const pid_t holder = queue.member(roles.producers[0]), other = queue.member(roles.producers[1]);
        if (!queue.stop_behind_atomic(holder, nth)) return "";
        queue.move(other);
        // With room for all it would have come to its end.
        if (queue.microscope.has_ended(other) || !queue.microscope.blocked(other)) continue;
        queue.move_all(roles.consumers);
        if (queue.can_go_on(roles.consumers) || queue.ended(roles.consumers) > 0) continue;
        const std::string problem = forgotten_behind(queue, holder);
        return problem.empty() ? queue.wrong_to_the_end() : problem;
    }
    return "";
}
