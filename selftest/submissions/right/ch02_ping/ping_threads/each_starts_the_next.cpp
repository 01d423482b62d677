// Right    Each thread starts the next one, asks its own URL, then joins the thread it started.

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

// Asks the URLs from number `mine` on.
void ping_from(std::size_t mine, const PingOptions& options, std::atomic<bool>& all_answered) {
    std::jthread next;
    if (mine + 1 < options.urls.size())
        next = std::jthread(ping_from, mine + 1, std::cref(options), std::ref(all_answered));
    if (!ping(options.urls[mine], options.timeout)) all_answered = false;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::jthread([&options, &all_answered] { ping_from(0, options, all_answered); }).join();
    return all_answered ? 0 : 1;
}
