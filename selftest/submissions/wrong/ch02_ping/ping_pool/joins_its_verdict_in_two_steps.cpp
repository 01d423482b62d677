// Wrong    Reads whether all have answered, combines it with one more answer, and writes it back. A failure that
//          another worker records in between is lost.
// Caught   is right in whatever order its threads are moved
// Says     exit

#include <algorithm>
#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");

    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const bool arrived = ping(options.urls[mine], options.timeout);
            all_answered = all_answered && arrived;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        try {
            while (workers.size() < wanted) workers.emplace_back(work);
        } catch (const std::system_error& error) {
            print_error("only ", workers.size(), " of ", wanted, " workers could be started: ", error.what());
            if (workers.empty()) work();  // Then main is the only worker.
        }
        // Leaving this block joins every worker; all_answered is final only then.
    }
    return all_answered ? 0 : 1;
}
