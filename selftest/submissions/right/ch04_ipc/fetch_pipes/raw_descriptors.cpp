// Right    Keeps plain descriptors in a vector and closes them by hand. Each child closes those it inherits.

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

void work(const std::string& url, int to) {
    const std::string message = message_of(fetch(url));
    const char* next = message.data();
    const char* const end = next + message.size();
    while (next < end) {
        const ssize_t taken = write(to, next, end - next);
        if (taken < 0 && errno != EINTR) _exit(1);
        if (taken > 0) next += taken;
    }
    _exit(0);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<int> readers;
    std::vector<pid_t> children;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) < 0) return 1;
        const pid_t child = fork();
        if (child < 0) return 1;
        if (child == 0) {
            for (const int reader : readers) close(reader);
            close(ends[0]);
            work(url, ends[1]);
        }
        close(ends[1]);
        readers.push_back(ends[0]);
        children.push_back(child);
    }
    int failures = 0;
    for (std::size_t i = 0; i < children.size(); ++i) {
        std::string message;
        std::vector<char> piece(100'000);
        for (;;) {
            const ssize_t got = read(readers[i], piece.data(), piece.size());
            if (got == 0) break;
            if (got > 0) message.append(piece.data(), got);
        }
        close(readers[i]);
        int status;
        waitpid(children[i], &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        failures += !result.ok;
    }
    return failures > 0;
}
