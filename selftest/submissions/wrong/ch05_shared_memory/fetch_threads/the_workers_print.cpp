// Wrong    Each worker prints its own line; main only joins them.
// Caught   main alone prints
// Says     a thread other than main printed "worker

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::atomic<bool> all_well = true;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&options, &all_well, i] {
            const Result result = result_of(fetch(options.urls[i]));
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
        });
    }
    workers.clear();
    return all_well ? 0 : 1;
}
