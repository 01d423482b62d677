// Right    The threads write whole lines to a pipe. Main reads and prints them.

#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    int ends[2];
    if (pipe(ends) != 0) return 1;
    bool all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, to_main = ends[1]] {
                const Answer answer = ask(url, options.timeout);
                std::string line = (answer.arrived ? "+" : "-") + url + ":" + answer.text;
                line = line.substr(0, 4000) + "\n";  // below PIPE_BUF: written in one piece
                if (write(to_main, line.data(), line.size()) < 0) std::perror("pipe");
            });
        }
        std::FILE* const from_threads = fdopen(ends[0], "r");
        char line[4096];
        for (std::size_t left = threads.size(); left > 0; --left) {
            if (!std::fgets(line, sizeof line, from_threads)) break;
            const std::string text = line + 1;
            print_line(text.substr(0, text.size() - 1));
            if (line[0] == '-') all_answered = false;
        }
        std::fclose(from_threads);
    }
    close(ends[1]);
    return all_answered ? 0 : 1;
}
