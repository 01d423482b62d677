// Right    Makes stdout line-buffered, also on a pipe, and prints each line with one printf.

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 4096);
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic_flag failed;
    if (!options.complete) failed.test_and_set();
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &failed] {
                const Answer answer = ask(url, options.timeout);
                std::printf("%s:%s\n", url.c_str(), answer.text.c_str());
                if (!answer.arrived) failed.test_and_set();
            });
        }
    }
    return failed.test() ? 1 : 0;
}
