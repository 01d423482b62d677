#include "grader/contain/room.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <mutex>
#include <vector>

#include "grader/contain/remedy.hpp"

namespace {

std::mutex one_at_a_time;
std::mutex until_all_are_there;

void* wait_for_the_others(void*) {
    const std::scoped_lock lock(until_all_are_there);
    return nullptr;
}

// How many more tasks can be started, at most so many.
int tasks_granted(int wanted) {
    const std::scoped_lock alone(one_at_a_time);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 * 1024);
    std::vector<pthread_t> threads;
    {
        const std::scoped_lock lock(until_all_are_there);
        pthread_t thread;
        while (static_cast<int>(threads.size()) < wanted &&
               pthread_create(&thread, &small, wait_for_the_others, nullptr) == 0)
            threads.push_back(thread);
    }
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    pthread_attr_destroy(&small);
    return static_cast<int>(threads.size());
}

std::size_t files_granted() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : 0;
}

}  // namespace

std::string lacks_tasks(int wanted) {
    const int had = tasks_granted(wanted);
    if (had == wanted) return "";
    return "only " + std::to_string(had) + " more processes and threads can be started here, and grading needs " +
           std::to_string(wanted) + ": " + remedy(EAGAIN);
}

std::string lacks_files(std::size_t wanted) {
    const std::size_t had = files_granted();
    if (had >= wanted) return "";
    return "only " + std::to_string(had) + " files may be open at once, and grading needs " + std::to_string(wanted) +
           ": " + remedy(EMFILE);
}

std::size_t at_once(std::size_t wanted, std::size_t files_each) {
    constexpr std::size_t files_besides = 20;
    const std::size_t files = files_granted(), for_workers = files > files_besides ? files - files_besides : 0;
    const auto tasks = static_cast<std::size_t>(tasks_granted(static_cast<int>(wanted)));
    const std::size_t granted = tasks == wanted ? wanted : tasks / 2;  // others want some, too
    return std::max<std::size_t>(1, std::min(granted, for_workers / files_each));
}

unsigned long killed_for_memory() {
    std::ifstream statistics("/proc/vmstat");
    std::string name;
    for (unsigned long value; statistics >> name >> value;)
        if (name == "oom_kill") return value;
    return 0;
}
