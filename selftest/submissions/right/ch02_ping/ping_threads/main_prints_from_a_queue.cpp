// Right    The threads put their answers into a queue. Main alone takes them out and prints.

#include <condition_variable>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

struct Result {
    std::string line;
    bool arrived;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::mutex mutex;
    std::condition_variable came;
    std::queue<Result> results;

    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&mutex, &came, &results, &url, timeout = options.timeout] {
            const Answer answer = ask(url, timeout);
            const std::scoped_lock lock(mutex);
            results.push({url + ":" + answer.text, answer.arrived});
            came.notify_one();
        });
    }
    bool all_answered = options.complete;
    for (std::size_t left = options.urls.size(); left > 0; --left) {
        std::unique_lock lock(mutex);
        came.wait(lock, [&results] { return !results.empty(); });
        const Result result = results.front();
        results.pop();
        lock.unlock();
        print_line(result.line);
        all_answered = all_answered && result.arrived;
    }
    return all_answered ? 0 : 1;
}
