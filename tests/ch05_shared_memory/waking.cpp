// Chapter 5, bounded_queue: which thread wakes which, and whether none is forgotten. Each test case is one criterion,
// run by itself; points are in chapter.json.
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
            return std::string("the ") + waking.waiting + " do not wait, although " + waking.when + ": " +
                   queue.situation();
        queue.move(queue.member(movers[i]));
        if (!queue.can_go_on(waiting))
            return std::string(waking.mover) + " " + std::to_string(i + 1) + " moved alone while both " +
                   waking.waiting + " slept, and woke neither of them; " + queue.situation();
        const std::string wrong = queue.wrong_to_the_end();
        if (!wrong.empty()) return wrong;
    }
    return "";
}

}  // namespace

TEST_CASE("every producer wakes consumers that wait") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        return wakes_none({"consumers", "the queue is empty", "producer", 8}, roles.consumers, roles.producers);
    });
    judge(
        problem,
        {.saw = "both consumers slept, and each producer, moved alone, woke one of them",
         .expected = "every put wakes a consumer that waits",
         .why =
             "a condition variable wakes no thread by itself: a thread that changes what others wait for has to notify",
         .read = readme(4)});
}

TEST_CASE("every consumer wakes producers that wait") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        return wakes_none({"producers", "the queue is full", "consumer", 20}, roles.producers, roles.consumers);
    });
    judge(problem, {.saw = "both producers slept, and each consumer, moved alone, woke one of them",
                    .expected = "every take wakes a producer that waits",
                    .why = "producers wait for room as consumers wait for items: each side has to notify the other",
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
    if (queue.has_ended(roles.consumers[0]))
        return "a consumer was woken by an item that another consumer then took; it took one all the same, or gave up, "
               "while there were more to come";
    const std::string wrong = queue.wrong_to_the_end();
    return wrong.empty() ? ""
                         : wrong + "; this was after a consumer was woken by an item that another consumer then took";
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
    // One order among many can be explained step by step: so this comes first.
    Explored explored;
    const std::string problem = with_roles({}, [&explored](const Roles& roles) {
        explored = wrong_in_some_order(roles);
        if (!explored.problem.empty()) return explored.problem;
        const std::string wrong = taken_in_by_the_woken(roles);
        return wrong.empty() ? forgotten_waiter(roles) : wrong;
    });
    judge(problem,
          {.saw = "a thread that was overtaken slept on, each thread that waited for a lock got it, and every order "
                  "that was tried came to the same end: " +
                  explored.covered,
           .expected =
               "a thread that waits looks again after every wake-up, and a notify reaches a thread that can go on",
           .why = "between a notify and the moment when the woken thread has the lock, other threads may overtake it",
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
    return in_plan(plan, wrong) + ", " + (consumers_first ? "consumers" : "producers") + " first";
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
    judge(problem,
          {.saw = "3 consumers and 0, 1 or 3 items: those that waited for more and those that came late all ended",
           .expected = "after the last item the program tells every consumer that no more will come, also those "
                       "that sleep",
           .why = "a consumer that waits for an item that never comes waits for ever, and so does the thread that "
                  "joins it",
           .read = readme(5)});
}

namespace {

std::string waits_awake(const std::string& where, const std::vector<std::size_t>& waiting) {
    Queue queue({.capacity = 4, .items = 20});
    if (!queue.absent().empty()) return queue.absent();
    queue.move_all(waiting);
    if (queue.can_go_on(waiting)) return where + " use the processor all the time: " + queue.situation();
    if (queue.program.asleep().empty()) return "";
    return where + " sleep for " + in_words(queue.program.asleep().front().asked) + " and then look again";
}

}  // namespace

TEST_CASE("waits asleep") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        const std::string wrong = waits_awake("while the queue is empty, consumers", roles.consumers);
        return wrong.empty() ? waits_awake("while the queue is full, producers", roles.producers) : wrong;
    });
    judge(problem,
          {.saw = "consumers at an empty queue, and producers at a full one, slept until the other side woke them",
           .expected = "a thread that cannot go on waits without a time limit until the other side wakes it",
           .why =
               "a thread that looks again and again takes the processor from those it waits for; one that naps between "
               "two looks is late",
           .read = readme(4)});
}
