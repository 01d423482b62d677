// Wrong    Checks each future in turn for a result, and sleeps 1 ms after each round.
// Caught   main sleeps until there is a result

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    using namespace std::chrono_literals;
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<std::future<Result>> results;
    for (const std::string& url : options.urls)
        results.push_back(std::async(std::launch::async, [&url] { return result_of(fetch(url)); }));

    bool all_well = true;
    for (std::size_t left = results.size(); left > 0;) {
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (!results[i].valid() || results[i].wait_for(0s) != std::future_status::ready) continue;
            const Result result = results[i].get();
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            --left;
        }
        std::this_thread::sleep_for(1ms);
    }
    return all_well ? 0 : 1;
}
