// Wrong    Calls write once and loses whatever it did not take.
// Caught   writes on when a write took less than it was given
// Says     byte of a body of 20,000 bytes
// Also     tells a worker that was killed
// Also     tells a message that breaks off

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
    return write(to, bytes.data(), bytes.size()) > 0;
}

std::string read_all(int from) {
    std::string bytes;
    char piece[65536];
    for (ssize_t got; (got = read(from, piece, sizeof piece)) > 0;) bytes.append(piece, static_cast<std::size_t>(got));
    return bytes;
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
