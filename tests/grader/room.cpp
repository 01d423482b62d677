#include "grader/room.hpp"

#include <pthread.h>

#include <cerrno>
#include <fstream>
#include <mutex>
#include <vector>

#include "grader/remedy.hpp"

namespace {

std::mutex one_at_a_time;
std::mutex until_all_are_there;

void* wait_for_the_others(void*) {
    const std::scoped_lock lock(until_all_are_there);
    return nullptr;
}

}  // namespace

std::string lacks_tasks(int wanted) {
    const std::scoped_lock alone(one_at_a_time);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 * 1024);
    std::vector<pthread_t> threads;
    {
        const std::scoped_lock lock(until_all_are_there);
        pthread_t thread;
        while (static_cast<int>(threads.size()) < wanted && pthread_create(&thread, &small, wait_for_the_others, nullptr) == 0)
            threads.push_back(thread);
    }
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    pthread_attr_destroy(&small);
    const int had = static_cast<int>(threads.size());
    if (had == wanted) return "";
    return "only " + std::to_string(had) + " more processes and threads can be started here, and grading needs " +
           std::to_string(wanted) + ": " + remedy(EAGAIN);
}

unsigned long killed_for_memory() {
    std::ifstream statistics("/proc/vmstat");
    std::string name;
    for (unsigned long value; statistics >> name >> value;)
        if (name == "oom_kill") return value;
    return 0;
}
