// Burns processor time for ever: spins flag|yield|clock|rest. "rest": another thread sleeps
// meanwhile.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {
std::atomic<bool> done = false;
}

int main(int, char** argv) {
    const std::string way = argv[1];
    std::puts("spinning");
    std::jthread sleeper;
    if (way == "rest") {
        sleeper = std::jthread([] {
            std::this_thread::sleep_for(1s);
            done = true;
        });
    }
    const auto until = std::chrono::steady_clock::now() + 1s;
    while (!done) {
        if (way == "yield") std::this_thread::yield();
        if (way == "clock" && std::chrono::steady_clock::now() > until) break;
    }
    std::puts("done");
}
