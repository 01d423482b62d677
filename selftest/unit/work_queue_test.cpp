// Tasks that add tasks, on a few threads.
#include "grader/judge/work_queue.hpp"

#include <atomic>
#include <latch>
#include <set>

#include "bench/catch.hpp"

TEST_CASE("every task is done once, those that tasks have added included") {
    std::atomic<int> leaves = 0;
    WorkQueue queue(3);
    const std::function<void(int)> branch = [&](int depth) {
        if (depth == 0) {
            ++leaves;
            return;
        }
        for (int i = 0; i < 2; ++i) queue.add([&branch, depth] { branch(depth - 1); });
    };
    queue.add([&] { branch(10); });
    queue.finish();
    CHECK(leaves == 1'024);
}

TEST_CASE("as many tasks run at once as there are workers, and no more") {
    std::latch all_there(3);
    std::mutex critical;
    std::set<std::thread::id> workers;
    WorkQueue queue(3);
    for (int i = 0; i < 30; ++i) {
        queue.add([&, i] {
            if (i < 3) all_there.arrive_and_wait();  // comes to an end only with three at once
            const std::scoped_lock lock(critical);
            workers.insert(std::this_thread::get_id());
        });
    }
    queue.finish();
    CHECK(workers.size() <= 3);
    CHECK_FALSE(workers.contains(std::this_thread::get_id()));
}

TEST_CASE("a queue that is destroyed does what is left") {
    std::atomic<int> done = 0;
    {
        WorkQueue queue(1);
        for (int i = 0; i < 100; ++i) queue.add([&] { ++done; });
    }
    CHECK(done == 100);
}

TEST_CASE("a queue without a task is finished at once") {
    WorkQueue queue(2);
    queue.finish();
    queue.finish();
}
