// Chapter 5, bounded_queue: who wakes whom, and whether nobody is forgotten. Each test case is one criterion, run by
// itself; points are in chapter.json.
#include <algorithm>

#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "bench/standing.hpp"
#include "ch05_shared_memory/queue.hpp"
#include "ch05_shared_memory/shared_memory.hpp"

namespace {

// One side sleeps, at an empty queue or a full one; then `mover` of the other side, its index-th, moves alone.
struct Waking {
    const char *waiting, *when, *mover;
    long items;
};
std::string wakes_none(const Waking& waking, const std::vector<std::size_t>& waiting,
                       const std::vector<std::size_t>& movers) {
    for (std::size_t i = 0; i < movers.size(); ++i) {
        Queue queue({.capacity = 4, .items = waking.items});
        if (!queue.absent().empty()) return queue.absent();
        queue.move_all(waiting);
        if (queue.can_go_on(waiting))
            return std::string(waking.when) + ", and " + waking.waiting + " do not wait: " + queue.situation();
        queue.move(queue.member(movers[i]));
        if (!queue.can_go_on(waiting))
            return std::string("both ") + waking.waiting + " slept; then " + waking.mover + " " +
                   std::to_string(i + 1) + " moved alone, and woke none of them; " + queue.situation();
        const std::string wrong = queue.wrong_to_the_end();
        if (!wrong.empty()) return wrong;
    }
    return "";
}

}  // namespace

TEST_CASE("every producer wakes consumers that wait") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        return wakes_none({"consumers", "nothing was put yet", "producer", 8}, roles.consumers, roles.producers);
    });
    judge(problem,
          {.saw = "both consumers slept, and each producer woke one by what it put",
           .expected = "after every put, a consumer that waits is told",
           .why = "a condition variable wakes nobody by itself: who changes what others wait for has to say so",
           .read = readme(4)});
}

TEST_CASE("every consumer wakes producers that wait") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        return wakes_none({"producers", "the queue is full", "consumer", 20}, roles.producers, roles.consumers);
    });
    judge(problem, {.saw = "both producers slept, and each consumer woke one by the room it made",
                    .expected = "after every take, a producer that waits is told",
                    .why = "producers wait for room as consumers wait for items; each needs the other's word",
                    .read = readme(4)});
}

namespace {

// One consumer waits. A producer puts an item; before the one that it woke has moved, the other consumer has taken it.
std::string taken_in_by_the_woken(const Roles& roles) {
    Queue queue({.capacity = 1, .items = 20});
    if (!queue.absent().empty()) return queue.absent();
    queue.move(queue.member(roles.consumers[0]));
    queue.move(queue.member(roles.producers[0]));
    queue.move(queue.member(roles.consumers[1]));
    queue.move(queue.member(roles.consumers[0]));
    const std::string woken = "a consumer was woken by an item that another one then took: ";
    if (queue.has_ended(roles.consumers[0]))
        return woken + "it took one all the same, or gave up, while there were more to come";
    const std::string wrong = queue.wrong_to_the_end();
    return wrong.empty() ? "" : woken + wrong;
}

// P1, C1 and so on, where a larger plan has shown which of them are born first; else none.
explore::Names names_of(const Roles& roles, const QueuePlan& plan) {
    const auto all_before = [](const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
        return *std::max_element(one.begin(), one.end()) < *std::min_element(other.begin(), other.end());
    };
    explore::Names names = {"main"};
    const auto add = [&names](const char* role, int count) {
        for (int i = 1; i <= count; ++i) names.push_back(role + std::to_string(i));
    };
    const bool producers_first = all_before(roles.producers, roles.consumers);
    if (!producers_first && !all_before(roles.consumers, roles.producers)) return {};
    if (producers_first) add("P", plan.producers);
    add("C", plan.consumers);
    if (!producers_first) add("P", plan.producers);
    return names;
}

// Small plans, in many orders.
Explored wrong_in_some_order(const Roles& roles) {
    std::vector<SmallPlan> plans;
    for (const auto& [plan, budget] : {std::pair{QueuePlan{1, 1, 1, 2}, 200UL},
                                       {QueuePlan{1, 2, 1, 3}, 400UL},
                                       {QueuePlan{1, 2, 2, 3}, 400UL},
                                       {QueuePlan{2, 2, 1, 4}, 400UL},
                                       {QueuePlan{2, 1, 2, 3}, 300UL},
                                       {QueuePlan{3, 2, 1, 4}, 200UL}})
        plans.push_back({.arguments = plan.arguments(),
                         .budget = budget,
                         .wrong = [plan](const Words& lines) { return wrong_line(lines, plan); },
                         .names = names_of(roles, plan)});
    return in_every_order(plans);
}

}  // namespace

void judge_orders_of_bounded_queue() {
    // An order in many can be told step by step: it is looked for first.
    Explored explored;
    const std::string problem = with_roles({}, [&explored](const Roles& roles) {
        explored = wrong_in_some_order(roles);
        if (!explored.problem.empty()) return explored.problem;
        const std::string wrong = taken_in_by_the_woken(roles);
        return wrong.empty() ? forgotten_waiter(roles) : wrong;
    });
    judge(problem,
          {.saw = "whom another one overtook slept on, a lock went round among all who waited for it, and every order "
                  "that was tried came to the same end: " +
                  explored.covered,
           .expected = "a wait that looks again after every wake-up, and a notify that reaches whoever can go on",
           .why = "between a notify and the moment when the woken thread has the lock, others may have been there",
           .read = readme(4),
           .schedule = explored.schedule,
           .order = explored.order});
}

namespace {

std::string does_not_end(const Roles& roles, const QueuePlan& plan, bool consumers_first) {
    Queue queue(plan);
    if (!queue.absent().empty()) return queue.absent();
    queue.move_all(consumers_first ? roles.consumers : roles.producers);
    if (!consumers_first) queue.move(queue.program.process());  // it may say now that no more will come
    queue.move_all(consumers_first ? roles.producers : roles.consumers);
    const std::string wrong = queue.wrong_to_the_end();
    if (wrong.empty()) return "";
    return with_arguments(plan.arguments()) + ", " + (consumers_first ? "consumers" : "producers") + " first: " + wrong;
}

}  // namespace

TEST_CASE("ends when the producers are done") {
    const std::string problem = with_roles({.producers = 2, .consumers = 3}, [](const Roles& roles) {
        std::string wrong;
        for (const long items : {0L, 1L, 3L})
            for (const bool consumers_first : {true, false})
                if (wrong.empty())
                    wrong = does_not_end(roles, {.producers = 2, .consumers = 3, .items = items}, consumers_first);
        return wrong;
    });
    judge(problem, {.saw = "3 consumers and 0, 1 or 3 items, who waited for more in vain or came late: all ended",
                    .expected = "after the last item every consumer is told that no more will come, also those that "
                                "sleep",
                    .why = "who waits for an item that nobody will put waits for ever, and whoever joins it, too",
                    .read = readme(5)});
}

namespace {

std::string waits_awake(const std::string& where, const std::vector<std::size_t>& waiting) {
    Queue queue({.capacity = 4, .items = 20});
    if (!queue.absent().empty()) return queue.absent();
    queue.move_all(waiting);
    if (queue.can_go_on(waiting)) return where + " burn processor time: " + queue.situation();
    if (queue.program.asleep().empty()) return "";
    return where + " sleep for " + in_words(queue.program.asleep().front().asked) + ", to look again then";
}

}  // namespace

TEST_CASE("waits asleep") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        const std::string wrong = waits_awake("the queue is empty, and consumers", roles.consumers);
        return wrong.empty() ? waits_awake("the queue is full, and producers", roles.producers) : wrong;
    });
    judge(problem,
          {.saw = "consumers at an empty queue and producers at a full one slept until they were told",
           .expected = "a wait without a limit that the other side ends",
           .why = "who looks again and again takes the processor from those it waits for; who sleeps for a while is "
                  "late",
           .read = readme(4)});
}
