// Wrong    Asks again after a good answer, to make sure.
// Caught   asks every URL exactly once
// Also     prints each line as its answer arrives
// Also     writes every line at once, into a pipe too

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                Answer answer = ask(url, options.timeout);
                if (answer.text == "OK") answer = ask(url, options.timeout);
                print_line(url, ":", answer.text);
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
