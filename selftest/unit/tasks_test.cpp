// The proof that nothing can happen any more, and what the threads of a program wait for.
#include "grader/proc/tasks.hpp"

#include <unistd.h>

#include <algorithm>

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

Task blocked_task(pid_t thread) {
    Task task;
    task.process = 100;
    task.thread = thread;
    task.state = 'S';
    task.call = 0;
    task.switches = 7;
    return task;
}

// What is told of a program that stands still.
std::string describe_waiting(const std::string& way) {
    Program program(small_program("waits"), {way});
    CHECK(program.settle() == Rest::standstill);
    CHECK(program.asleep().empty());
    return program.describe();
}

}  // namespace

TEST_CASE("two equal looks at blocked tasks prove a standstill") {
    const std::vector<Task> look = {blocked_task(100), blocked_task(101)};
    CHECK(proves_standstill(look, look));
}

TEST_CASE("a task that ran between two looks disproves a standstill") {
    const std::vector<Task> before = {blocked_task(100), blocked_task(101)};
    std::vector<Task> after = before;
    ++after[1].switches;
    CHECK_FALSE(proves_standstill(before, after));
}

TEST_CASE("a task that came or went between two looks disproves a standstill") {
    const std::vector<Task> one = {blocked_task(100)}, two = {blocked_task(100), blocked_task(101)};
    CHECK_FALSE(proves_standstill(one, two));
    CHECK_FALSE(proves_standstill(two, one));
}

TEST_CASE("a task that may run disproves a standstill") {
    Task running = blocked_task(101);
    running.state = 'R';
    Task outside_of_any_call = blocked_task(101);
    outside_of_any_call.call = -1;
    Task at_the_disk = blocked_task(101);
    at_the_disk.state = 'D';
    for (const Task& task : {running, outside_of_any_call, at_the_disk}) {
        const std::vector<Task> look = {blocked_task(100), task};
        CHECK_FALSE(proves_standstill(look, look));
    }
}

TEST_CASE("a task that has ended does not hold up the proof") {
    Task zombie = blocked_task(101);
    zombie.state = 'Z';
    zombie.call = -1;
    const std::vector<Task> look = {blocked_task(100), zombie};
    CHECK(proves_standstill(look, look));
}

TEST_CASE("all threads of all descendants are seen") {
    Program threads(small_program("threads"), {"1", "Ann", "Ben"});
    REQUIRE(threads.settle() == Rest::standstill);
    const std::vector<Task> tasks = threads.tasks();
    CHECK(tasks.size() == 3);
    CHECK(std::all_of(tasks.begin(), tasks.end(), [](const Task& task) { return task.blocked(); }));
    CHECK(std::all_of(tasks.begin(), tasks.end(), [&](const Task& task) { return task.process == threads.process(); }));
}

TEST_CASE("a status line is read, and empty where the task is gone") {
    CHECK(status_line(getpid(), "Tgid") == std::to_string(getpid()));
    CHECK(status_line(getpid(), "NoSuchKey").empty());
    CHECK(status_line(-1, "Tgid").empty());
}

TEST_CASE("a program that waits for ever stands still, and is told why") {
    CHECK(describe_waiting("deadlock") ==
          "the program's main thread waits for a thread to end (join); "
          "each of its threads 1 and 2 waits for a mutex");
    CHECK(describe_waiting("join") ==
          "the program's main thread waits for a thread to end (join); its thread 1 waits for a "
          "signal");
    CHECK(describe_waiting("child") ==
          "the program's main thread waits for a child process to end; "
          "its child process 1 waits for a signal");
    CHECK(describe_waiting("read") == "the program's main thread reads descriptor 3");
    CHECK(describe_waiting("signal") == "the program's main thread waits for a signal");
    CHECK(describe_waiting("condition") == "the program's main thread waits for another thread");
}

TEST_CASE("a program that has stopped itself stands still") {
    CHECK(describe_waiting("stopped") == "the program's main thread is stopped by a signal");
}

TEST_CASE("a sleeper is told with the time that it asked for") {
    Program program(small_program("threads"), {"1", "Ann"});
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.describe() ==
          "the program's main thread waits for a thread to end (join); its thread 1 is asleep for "
          "100 ms");
}

TEST_CASE("a program that burns processor time is told from one that stands still") {
    for (const char* way : {"flag", "yield", "clock", "rest"}) {
        CAPTURE(way);
        Program program(small_program("spins"), {way});
        CHECK(program.settle() == Rest::spinning);
        CHECK(program.lines() == Lines{"spinning"});
    }
}

TEST_CASE("a program that spins goes on when a sleeper is let go") {
    Program program(small_program("spins"), {"rest"});
    REQUIRE(program.settle() == Rest::spinning);
    REQUIRE(program.asleep().size() == 1);
    program.wake(program.asleep().front());
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"spinning", "done"});
}
