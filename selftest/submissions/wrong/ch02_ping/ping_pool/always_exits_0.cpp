// Wrong    Exits with 0, whatever has failed.
// Caught   tells each failure alone, and exits 1
// Also     takes URLs from --file too
// Also     gives up on a URL after --timeout
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

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
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const std::string& url = options.urls[mine];
            print_line(url, ":", ask(url, options.timeout).text);
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return 0;
}
