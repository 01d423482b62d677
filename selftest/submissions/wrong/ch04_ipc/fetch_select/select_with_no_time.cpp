// Wrong    Calls select with a time-out of zero in a loop.
// Caught   does not busy-wait
// Caught   waits in select for all pipes
// Also     prints each line as its worker is done
// Also     tells a worker that was killed
// Also     tells a message that breaks off
// Also     reaps every child process

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
    return {process, std::move(reader), "", false};
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
    std::size_t left = workers.size();
    while (left > 0) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        timeval no_time{0, 0};
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, &no_time) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) read_some(worker);
            int status = 0;
            if (worker.done || worker.pipe.is_open()) continue;
            if (waitpid(worker.process, &status, WNOHANG) == 0) continue;
            const Result result = result_of(worker.message, status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            worker.done = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
