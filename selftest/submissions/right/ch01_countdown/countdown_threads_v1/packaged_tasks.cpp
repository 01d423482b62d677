// Right    Moves one packaged_task per actor into its thread. Waits for the futures first, then joins.

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::future<void>> results;
    std::vector<std::thread> crew;
    for (const std::string& name : options.names) {
        std::packaged_task<void()> task([&] { count_down(name, options.from, options.tick); });
        results.push_back(task.get_future());
        crew.emplace_back(std::move(task));
    }
    for (std::future<void>& result : results) result.get();
    for (std::thread& actor : crew) actor.join();
}
