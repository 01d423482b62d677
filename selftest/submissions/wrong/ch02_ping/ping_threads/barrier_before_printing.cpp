// Wrong    No thread prints until all of them have their answers.
// Caught   prints each line as its answer arrives
// Also     gives up on a URL after --timeout
// Also     writes every line at once, into a pipe too

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::latch answered(static_cast<std::ptrdiff_t>(options.urls.size()));
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered, &answered] {
                const Answer answer = ask(url, options.timeout);
                answered.arrive_and_wait();
                print_line(url, ":", answer.text);
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
