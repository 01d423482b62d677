// Wrong    Writes the line with one write and its newline with another.
// Caught   writes every line whole

#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                const Answer answer = ask(url, options.timeout);
                const std::string line = url + ":" + answer.text;
                if (write(STDOUT_FILENO, line.data(), line.size()) < 0) all_answered = false;
                if (write(STDOUT_FILENO, "\n", 1) < 0) all_answered = false;
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
