// Wrong    The loop reads the next number before it checks whether there is one.
// Caught   has no memory error
// Says     heap-buffer-overflow labs/ch01_countdown/countdown_threads_v1.cpp

#include <chrono>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    std::vector<int> numbers(from);
    std::iota(numbers.rbegin(), numbers.rend(), 1);
    const int* next = numbers.data();
    for (std::size_t i = 0; next[i] >= 1 && i < numbers.size(); ++i) {
        print_line("Thread ", name, " is counting down: ", numbers[i], "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
