// Wrong    Makes all pipes first, and each child closes only the read end of its own. A pipe ends only when all workers
//          have ended.
// Caught   keeps no pipe end that is not its own
// Says     have a write end of the same pipe open
// Also     prints in the order of the URLs
// Also     a full pipe holds nobody up
// Also     a body of any size arrives whole
// Also     writes every line at once, into a pipe too
// Also     has no memory error

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    int ends[2];
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

void start(const std::string& url, Worker& worker) {
    worker.process = fork();
    if (worker.process > 0) return;
    close(worker.ends[0]);
    _exit(write_all(worker.ends[1], message_of(fetch(url))) ? 0 : 1);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers(options.urls.size());
    for (Worker& worker : workers)
        if (pipe(worker.ends) != 0) return 1;
    for (std::size_t i = 0; i < workers.size(); ++i) start(options.urls[i], workers[i]);
    for (const Worker& worker : workers) close(worker.ends[1]);

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const std::string message = read_all(workers[i].ends[0]);
        close(workers[i].ends[0]);
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
