// Wrong    A thread per URL writes into the pipe. There is no child process.
// Caught   each URL is fetched by a child process of its own

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    std::jthread thread;
    int pipe = -1;
};

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

std::string read_all(int from) {
    std::string bytes;
    char piece[65536];
    for (ssize_t got; (got = read(from, piece, sizeof piece)) > 0;) bytes.append(piece, static_cast<std::size_t>(got));
    return bytes;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers(options.urls.size());
    for (std::size_t i = 0; i < workers.size(); ++i) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        workers[i].pipe = ends[0];
        workers[i].thread = std::jthread([url = options.urls[i], to = ends[1]] {
            write_all(to, message_of(fetch(url)));
            close(to);
        });
    }

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const std::string message = read_all(workers[i].pipe);
        close(workers[i].pipe);
        const Result result = result_of(message, 0);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
