// Wrong    Each thread has its own bit in a vector<bool>, but bits share bytes.
// Caught   has no data race

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<bool> answered(options.urls.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < options.urls.size(); ++i) {
            threads.emplace_back([i, &options, &answered] {
                const Answer answer = ask(options.urls[i], options.timeout);
                print_line(options.urls[i], ":", answer.text);
                answered[i] = answer.arrived;
            });
        }
    }
    const bool all = std::find(answered.begin(), answered.end(), false) == answered.end();
    return options.complete && all ? 0 : 1;
}
