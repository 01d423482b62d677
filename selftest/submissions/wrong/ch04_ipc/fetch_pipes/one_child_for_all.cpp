// Wrong    One child fetches all URLs in turn and writes into every pipe.
// Caught   each URL is fetched by a child process of its own
// Says     1 child process asks for the 4 URLs

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
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
    std::vector<int> writers;
    for (Worker& worker : workers) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        worker.pipe = ends[0];
        writers.push_back(ends[1]);
    }
    workers.front().process = fork();
    if (workers.front().process == 0) {
        for (std::size_t i = 0; i < writers.size(); ++i) {
            write_all(writers[i], message_of(fetch(options.urls[i])));
            close(writers[i]);
        }
        _exit(0);
    }
    for (const int writer : writers) close(writer);

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const std::string message = read_all(workers[i].pipe);
        close(workers[i].pipe);
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
