// Wrong    The first thread that fails ends the program.
// Caught   tells each failure alone, and exits 1
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <unistd.h>

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
        threads.emplace_back([&url, &options] {
            const Answer answer = ask(url, options.timeout);
            print_line(url, ":", answer.text);
            if (!answer.arrived) _exit(1);
        });
    }
    threads.clear();
    return options.complete ? 0 : 1;
}
