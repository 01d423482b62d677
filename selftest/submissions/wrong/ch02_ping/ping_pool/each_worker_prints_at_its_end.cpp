// Wrong    A worker keeps its lines and prints them when no URL is left for it.
// Caught   prints each line as its answer arrives
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
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        std::vector<std::string> lines;
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            lines.push_back(options.urls[mine] + ":" + answer.text);
            if (!answer.arrived) all_answered = false;
        }
        for (const std::string& line : lines) print_line(line);
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
