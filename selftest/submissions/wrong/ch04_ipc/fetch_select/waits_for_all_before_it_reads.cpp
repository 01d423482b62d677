// Wrong    Waits for all children before it reads their pipes.
// Caught   a full pipe holds nobody up
// Says     the program hangs: nothing is printed yet; the parent waits for a child process to end
// Also     waits in select for all pipes
// Also     prints each line as its worker is done
// Also     a worker that is stuck holds no other back
// Also     a body of any size arrives whole
// Also     writes every line at once, into a pipe too
// Also     has no memory error

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    int status = 0;
    Descriptor pipe;
    std::string message;
    bool done = false;
};

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

Worker start(const std::string& url, std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    Descriptor reader(ends[0]), writer(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        reader.close();
        others.clear();
        _exit(write_all(writer.number(), message_of(fetch(url))) ? 0 : 1);
    }
    return {process, 0, std::move(reader), "", false};
}

void read_some(Worker& worker) {
    char piece[65536];
    const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) worker.pipe.close();
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    for (Worker& worker : workers) waitpid(worker.process, &worker.status, 0);
    std::size_t left = workers.size();
    while (left > 0) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) read_some(worker);
            if (worker.done || worker.pipe.is_open()) continue;
            const Result result = result_of(worker.message, worker.status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            worker.done = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
