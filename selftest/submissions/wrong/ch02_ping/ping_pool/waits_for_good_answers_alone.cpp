// Wrong    Main waits for as many good answers as there are URLs before it prints. After one failure it waits for ever.
// Caught   has no data race
// Says     the program hangs: the program's main thread waits
// Caught   has no memory error
// Says     the program hangs: the program's main thread waits
// Caught   tells each failure alone, and exits 1
// Also     a slow URL holds no other back
// Also     prints each line as its answer arrives
// Also     gives up on a URL after --timeout
// Also     writes every line at once, into a pipe too
// Also     is right in whatever order its threads are moved

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t next = 0, good = 0;
    std::vector<std::string> lines;
    const auto work = [&] {
        for (std::unique_lock lock(mutex); next < options.urls.size();) {
            const std::string& url = options.urls[next++];
            lock.unlock();
            const Answer answer = ask(url, options.timeout);
            lock.lock();
            lines.push_back(url + ":" + answer.text);
            if (answer.arrived) ++good;
            changed.notify_one();
        }
    };
    std::vector<std::jthread> workers;
    const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
    while (workers.size() < wanted) workers.emplace_back(work);

    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return good == options.urls.size(); });
    for (const std::string& line : lines) print_line(line);
    return options.complete ? 0 : 1;
}
