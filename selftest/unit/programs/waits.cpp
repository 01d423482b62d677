// Waits for ever: waits deadlock|join|child|read|signal|condition|stopped.
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <barrier>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace {

void deadlock() {
    std::mutex first, second;
    std::barrier both_have_one(2);
    const auto take = [&](std::mutex& mine, std::mutex& other) {
        const std::scoped_lock lock(mine);
        both_have_one.arrive_and_wait();
        const std::scoped_lock never(other);
    };
    std::jthread one([&] { take(first, second); });
    std::jthread two([&] { take(second, first); });
}

void wait_for_a_child() {
    if (fork() == 0) pause();
    wait(nullptr);
}

void read_for_ever() {
    int ends[2];
    char byte;
    if (pipe(ends) == 0 && read(ends[0], &byte, 1) == 1) std::puts("read");
}

void wait_for_a_condition() {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait(lock, [] { return false; });
}

const std::map<std::string, void (*)()> ways = {
    {"deadlock", deadlock},
    {"join", [] { std::thread([] { pause(); }).join(); }},
    {"child", wait_for_a_child},
    {"read", read_for_ever},
    {"signal", [] { pause(); }},
    {"condition", wait_for_a_condition},
    {"stopped", [] { raise(SIGSTOP); }},
};

}  // namespace

int main(int, char** argv) {
    ways.at(argv[1])();
    std::puts("went on");
}
