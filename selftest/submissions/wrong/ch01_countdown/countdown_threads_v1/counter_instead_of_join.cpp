// Wrong    Detaches the threads and waits until a guarded counter says that all have finished.
// Caught   joins every thread

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

std::mutex mutex;
std::condition_variable one_finished;
std::size_t finished = 0;

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
    for (const std::string& name : options.names) {
        std::thread([name, from = options.from, tick = options.tick] {
            count_down(name, from, tick);
            const std::scoped_lock lock(mutex);
            ++finished;
            one_finished.notify_one();
        }).detach();
    }
    std::unique_lock lock(mutex);
    one_finished.wait(lock, [&] { return finished == options.names.size(); });
}
