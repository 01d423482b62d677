// Wrong    Looks for --timeout on the command line itself, and does not recognize --timeout=1h.
// Caught   gives up on a URL after --timeout
// Says     with --timeout=1h

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

// What follows --timeout on the command line.
Duration timeout_in(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == std::string("--timeout")) return parse_duration(argv[i + 1]).value();
    return std::chrono::seconds(2);
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    const Duration timeout = timeout_in(argc, argv);
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, timeout, &all_answered] {
                if (!ping(url, timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
