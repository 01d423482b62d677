// Chapter 5, bounded_queue: what a queue between threads must do. Each test case is one criterion, run by
// itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch05_shared_memory/queue.hpp"
#include "ch05_shared_memory/shared_memory.hpp"

TEST_CASE("every producer and every consumer is a thread of its own") {
    std::string problem;
    for (const QueuePlan& plan : {QueuePlan{.producers = 2, .consumers = 2}, {.producers = 3, .consumers = 1}})
        if (problem.empty()) problem = in_plan(plan, Queue(plan).absent());
    judge(problem,
          {.saw = "2 producers and 2 consumers, then 3 and 1: the program had that many threads beside main, all "
                  "at the same time",
           .expected = "the program starts --producers threads that put and --consumers threads that take, all at "
                       "the same time",
           .why = "a thread that puts and takes in turn needs no queue, and gains nothing by one",
           .read = readme(6)});
}

namespace {

// Freely, from start to end.
std::string wrong_run(const QueuePlan& plan) {
    Bench bench(plan.items == 333 ? with_equals(plan.arguments()) : plan.arguments());
    Program& program = bench.program;
    Rest rest = program.settle();
    for (int naps = 0; rest == Rest::standstill && !program.asleep().empty() && naps < 10'000; ++naps) {
        program.wake(program.asleep().front());
        rest = program.settle();
    }
    const std::string problem = bench.wrong_end(rest);
    return in_plan(plan, problem.empty() ? wrong_line(program.lines(), plan) : problem);
}

// Items that are 3 in 32 bits: no thread comes to an end so soon.
std::string too_many_for_it() {
    const QueuePlan plan{.items = 231L * (1L << 32) + 3};
    Queue queue(plan);
    if (!queue.absent().empty()) return queue.absent();
    for (int round = 0; round < 3; ++round) {
        for (const pid_t thread : queue.members()) {
            queue.move(thread);
            if (queue.microscope.has_ended(thread))
                return in_plan(plan, queue.name(thread) + " ended after its first few items");
        }
    }
    return "";
}

}  // namespace

TEST_CASE("every item is taken once") {
    std::string problem;
    for (const QueuePlan& plan : {QueuePlan{4, 2, 2, 1000},
                                  {1, 1, 1, 100},
                                  {1, 8, 8, 500},
                                  {64, 8, 1, 1000},
                                  {2, 1, 8, 333},
                                  {64, 3, 5, 7},
                                  {3, 5, 3, 1},
                                  {4, 2, 2, 0},
                                  {1, 64, 64, 200},
                                  {100'000, 1, 2, 100'000}})
        if (problem.empty()) problem = wrong_run(plan);
    if (problem.empty()) problem = too_many_for_it();
    judge(problem,
          {.saw = "1 to 64 producers and consumers, capacities of 1 to 100,000, 0 to 100,000 items: every item was "
                  "taken once; a run with 992,137,445,379 items did not end early",
           .expected = "the consumers take each of the numbers 1 to ITEMS exactly once",
           .why = "the lock is there so that no item is taken twice, and none is lost",
           .read = readme(6)});
}

namespace {

// No consumer moves, and there is one item more than there is room for.
std::string overfilled(const Roles& roles, int capacity) {
    Queue queue({.capacity = capacity, .items = capacity + 1});
    if (!queue.absent().empty()) return queue.absent();
    queue.move_all(roles.producers);
    if (queue.ended(roles.producers) == roles.producers.size())
        return "while the consumers were held, the producers put " + std::to_string(capacity + 1) +
               " items into a queue with room for " + std::to_string(capacity) + ", and ended";
    const std::string wrong = queue.wrong_to_the_end();
    return wrong.empty() ? "" : wrong + "; this was with room for " + std::to_string(capacity) + ", producers first";
}

// One producer waits for room. A consumer makes some; before the one that it woke has moved, the other producer has
// filled it.
std::string overfilled_by_the_woken(const Roles& roles) {
    Queue queue({.capacity = 1, .items = 20});
    if (!queue.absent().empty()) return queue.absent();
    queue.move(queue.member(roles.producers[0]));
    queue.move(queue.member(roles.consumers[0]));
    queue.move(queue.member(roles.producers[1]));
    queue.move(queue.member(roles.producers[0]));
    const std::string wrong = queue.wrong_to_the_end();
    return wrong.empty() ? ""
                         : wrong +
                               "; this was with room for 1, after a producer was woken by room that another "
                               "producer then filled";
}

}  // namespace

TEST_CASE("the queue never holds more than its capacity") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        for (const int capacity : {1, 4, 30})
            if (const std::string wrong = overfilled(roles, capacity); !wrong.empty()) return wrong;
        return overfilled_by_the_woken(roles);
    });
    judge(problem,
          {.saw = "with room for 1, 4 and 30, and the consumers held, there was no room for one item more; nor was "
                  "there when another producer had filled the room first",
           .expected = "a producer waits while --capacity items are in the queue",
           .why = "the bound keeps fast producers from filling the memory",
           .read = readme(4)});
}

TEST_CASE("producers run ahead until the queue is full") {
    const std::string problem = with_roles({}, [](const Roles& roles) {
        Queue queue({.capacity = 64, .items = 32});
        if (!queue.absent().empty()) return queue.absent();
        queue.move_all(roles.producers);
        const std::size_t ended = queue.ended(roles.producers);
        if (ended < roles.producers.size())
            return "while the consumers were held, " + counted(ended, "producer", "producers") +
                   " of 2 came to an end, though there was room for 64 and there were only 32 items; " +
                   queue.situation();
        return queue.wrong_to_the_end();
    });
    judge(problem, {.saw = "with 32 items and room for 64, the producers put them all while the consumers were held",
                    .expected = "put returns at once while there is room",
                    .why = "the room is there so that a producer need not wait for a consumer each time",
                    .read = readme(4)});
}

TEST_CASE("peak tells the most items at once") {
    const std::string problem = with_roles({.producers = 1, .consumers = 1}, [](const Roles& roles) {
        for (const QueuePlan& plan : {QueuePlan{64, 1, 1, 32}, {8, 1, 1, 5}, {5, 1, 1, 1}, {4, 1, 1, 0}}) {
            Queue queue(plan);
            if (!queue.absent().empty()) return queue.absent();
            queue.move_all(roles.producers);
            const std::string wrong = queue.wrong_to_the_end(plan.items);
            if (!wrong.empty()) return in_plan(plan, wrong) + ", producers first";
        }
        return std::string();
    });
    judge(problem,
          {.saw = "32, 5, 1 and no items were in the queue before a consumer moved, and the program said so",
           .expected = "peak is the largest number of items that were in the queue at one moment, without end markers",
           .why = "an invented number looks as good as a counted one",
           .read = readme(6)});
}

Joins bounded_queue_joins() {
    return joins_with_each_last(4, [](std::size_t kept) {
        const QueuePlan plan{.items = 50};
        Program program(executable(), plan.arguments(), {.policy = {.hold_ends = true}});
        Joins joins = joins_of(
            program, [&] { program.settle(); }, kept);
        if (joins.problem.empty()) joins.problem = wrong_line(program.lines(), plan);
        return joins;
    });
}

std::string bounded_queue_sanitized(Flavour flavour) {
    for (const QueuePlan& plan : {QueuePlan{1, 4, 4, 2'000}, {8, 2, 2, 2'000}, {4, 2, 3, 0}, {2'000, 64, 64, 2'000}}) {
        Program program(executable(flavour), plan.arguments(), sanitized(flavour, {.policy = {.hold_sleeps = false}}));
        std::string problem = wrong_sanitized_run(program, program.settle());
        if (problem.empty()) problem = wrong_line(program.lines(), plan);
        if (!problem.empty()) return in_plan(plan, problem);
    }
    return "";
}

void refuse_bad_queues() {
    std::vector<BadFlags> all = {{{"--bogus"}, {"--bogus"}}, {{"many"}, {"many"}}, {{"--items"}, {"--items"}}};
    for (const char* flag : {"--capacity", "--producers", "--consumers"})
        for (const char* value : {"0", "-1", "few", "1.5"}) all.push_back({{flag, value}, {flag, value}});
    for (const char* flag : {"--producers", "--consumers"}) all.push_back({{flag, "65"}, {flag, "65"}});
    all.push_back({{"--items", "1000000000001"}, {"--items", "1000000000001"}});
    all.push_back({{"--items", "-1"}, {"--items", "-1"}});
    all.push_back({{"--items", "some"}, {"--items", "some"}});
    judge_refusals(all, readme(6));
}
