// Wrong    Collects all answers and prints them once the last thread is joined.
// Caught   prints each line as its answer arrives
// Says     the server answered /0 and held back the other answers, and then no line came
// Also     gives up on a URL after --timeout
// Also     writes every line at once, into a pipe too

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::mutex mutex;
    bool all_answered = options.complete;
    std::vector<std::string> lines;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&, timeout = options.timeout] {
                const Answer answer = ask(url, timeout);
                const std::scoped_lock lock(mutex);
                lines.push_back(url + ":" + answer.text);
                all_answered = all_answered && answer.arrived;
            });
        }
    }
    for (const std::string& line : lines) print_line(line);
    return all_answered ? 0 : 1;
}
