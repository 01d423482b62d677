// Wrong    Calls printf without a flush, so lines reach a pipe only when the program ends.
// Caught   writes every line at once, into a pipe too
// Says     held back the others, and no line came into the pipe

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const std::string& url = options.urls[mine];
            const Answer answer = ask(url, options.timeout);
            std::printf("%s:%s\n", url.c_str(), answer.text.c_str());
            if (!answer.arrived) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
