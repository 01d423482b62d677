// Right    Main writes the numbers of the URLs into a pipe, and each free worker reads the next one.

#include <unistd.h>

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

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    int ends[2];
    if (pipe(ends) != 0) return 1;
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < options.workers; ++i) {
            workers.emplace_back([&options, &all_answered, numbers = ends[0]] {
                std::size_t mine = 0;
                while (read(numbers, &mine, sizeof mine) == sizeof mine) {
                    if (!ping(options.urls[mine], options.timeout)) all_answered = false;
                }
            });
        }
        for (std::size_t i = 0; i < options.urls.size(); ++i) {
            if (write(ends[1], &i, sizeof i) != sizeof i) all_answered = false;
        }
        close(ends[1]);  // behind the last number comes the end of the file
    }
    close(ends[0]);
    return all_answered ? 0 : 1;
}
