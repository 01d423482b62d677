// Threads that count and sleep: threads COUNT NAME... Each sleeps as many ms as its place, times
// 100.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
    std::vector<std::jthread> crew;
    for (int i = 2; i < argc; ++i) {
        crew.emplace_back([argv, i] {
            for (int count = 1; count <= std::atoi(argv[1]); ++count) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100 * (i - 1)));
                std::printf("%s %d\n", argv[i], count);
            }
        });
    }
}
