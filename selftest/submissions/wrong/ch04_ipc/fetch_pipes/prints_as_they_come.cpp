// Wrong    Waits for all pipes in poll, and prints each worker's line as soon as it is done.
// Caught   prints in the order of the URLs
// Says     when no line was due
// Also     all workers fetch at once
// Also     a full pipe holds nobody up
// Also     a body of any size arrives whole

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>
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

Worker start(const std::string& url, const std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    const pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        for (const Worker& other : others) close(other.pipe);
        _exit(write_all(ends[1], message_of(fetch(url))) ? 0 : 1);
    }
    close(ends[1]);
    return {process, ends[0]};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    std::vector<pollfd> pipes;
    for (const Worker& worker : workers) pipes.push_back({worker.pipe, POLLIN, 0});
    std::vector<std::string> messages(workers.size());
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        poll(pipes.data(), pipes.size(), -1);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            if (pipes[i].fd < 0 || pipes[i].revents == 0) continue;
            char piece[65536];
            const ssize_t got = read(pipes[i].fd, piece, sizeof piece);
            if (got > 0) messages[i].append(piece, static_cast<std::size_t>(got));
            if (got > 0) continue;
            close(std::exchange(pipes[i].fd, -1));
            int status = 0;
            waitpid(workers[i].process, &status, 0);
            const Result result = result_of(messages[i], status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
