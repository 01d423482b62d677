// Right    A semaphore counts the answers that have arrived. Main takes them from a vector and prints.

#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::mutex mutex;
    std::vector<std::pair<std::string, bool>> results;
    std::counting_semaphore<> came(0);

    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&mutex, &results, &came, &url, &options] {
            const Answer answer = ask(url, options.timeout);
            {
                const std::scoped_lock lock(mutex);
                results.emplace_back(url + ":" + answer.text, answer.arrived);
            }
            came.release();
        });
    }
    bool all_answered = options.complete;
    for (std::size_t left = threads.size(); left > 0; --left) {
        came.acquire();
        std::pair<std::string, bool> result;
        {
            const std::scoped_lock lock(mutex);
            result = results.back();
            results.pop_back();
        }
        print_line(result.first);
        all_answered = all_answered && result.second;
    }
    return all_answered ? 0 : 1;
}
