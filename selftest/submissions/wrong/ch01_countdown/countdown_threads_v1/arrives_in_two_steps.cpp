// Wrong    The actors start together once all have arrived. Each counts its arrival with a load and a store, so one of
//          two simultaneous arrivals may be lost (lost update).
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits in join for thread 1

#include <atomic>
#include <string>
#include <thread>
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
    const int all = static_cast<int>(options.names.size());
    std::atomic<int> here = 0;
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] {
            here = here + 1;
            here.notify_all();
            for (int seen = here; seen != all; seen = here) here.wait(seen);
            count_down(name, options.from, options.tick);
        });
    }
}
