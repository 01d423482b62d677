// Right    The workers pass their lines to main, which alone prints.

#include <algorithm>
#include <atomic>
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
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::condition_variable came;
    std::vector<std::string> lines;  // guarded by mutex, as the next one
    bool all_answered = options.complete;

    const auto work = [&] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            const std::scoped_lock lock(mutex);
            lines.push_back(options.urls[mine] + ":" + answer.text);
            all_answered = all_answered && answer.arrived;
            came.notify_one();
        }
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) workers.emplace_back(work);
    for (std::size_t printed = 0; printed < options.urls.size();) {
        std::vector<std::string> fresh;
        {
            std::unique_lock lock(mutex);
            came.wait(lock, [&lines] { return !lines.empty(); });
            fresh.swap(lines);
        }
        for (const std::string& line : fresh) print_line(line);
        printed += fresh.size();
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
