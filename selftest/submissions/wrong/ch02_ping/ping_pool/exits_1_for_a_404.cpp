// Wrong    Treats any answer other than OK as a failure.
// Caught   prints the reason phrase of each answer
// Also     prints each line as its answer arrives

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            print_line(options.urls[mine], ":", answer.text);
            if (answer.text != "OK") all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
