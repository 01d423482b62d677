// Wrong    Keeps the lines in list order and prints them once all workers are joined.
// Caught   prints each line as its answer arrives
// Says     the server answered /0 and held back the other answers, and then no line came
// Also     a slow URL holds no other back
// Also     gives up on a URL after --timeout
// Also     writes every line at once, into a pipe too

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
    std::vector<std::string> lines(options.urls.size());
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next, &lines] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            lines[mine] = options.urls[mine] + ":" + answer.text;
            if (!answer.arrived) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    for (const std::string& line : lines) print_line(line);
    return all_answered ? 0 : 1;
}
