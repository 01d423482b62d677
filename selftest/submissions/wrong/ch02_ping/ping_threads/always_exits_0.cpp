// Wrong    Exits with 0, whatever has failed.
// Caught   tells each failure alone, and exits 1
// Also     takes URLs from --file too
// Also     gives up on a URL after --timeout
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&url, &options] { print_line(url, ":", ask(url, options.timeout).text); });
    }
}
