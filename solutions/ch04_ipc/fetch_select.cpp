// Chapter 4, task 1B: Fetch by child processes, heard as they come (solution)
//
// Idea    Wait for all pipes at once. select sleeps until at least one of them
//         has something to say. So the parent hears each worker as soon as it
//         is done, and a slow or stuck worker delays its own line alone.
// Demo    1. ./kit run --solution fetch_select: compare with fetch_pipes.
//         2. In `read_some`, read to the end of the pipe. Which workers have to
//            wait, and for which one?
//         3. Take out `if (got == 0) worker.pipe.close();`. What wakes the
//            parent, and how often?

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor pipe;      // the read end
    std::string message;  // what has come so far
};

// One write may take less than it was given.
bool write_all(int descriptor, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(descriptor, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

// All that a child ever does. noexcept: no exception may carry it back into main.
[[noreturn]] void work(const std::string& url, int pipe) noexcept {
    _exit(write_all(pipe, message_of(fetch(url))) ? 0 : 1);
}

Worker start(const std::string& url, std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    Descriptor reader(ends[0]), writer(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        reader.close();
        others.clear();  // This worker has no use for the other workers' pipes.
        work(url, writer.number());
    }
    return {process, std::move(reader), ""};
    // `writer` closes here. Now the child alone has the write end, so the pipe ends when the child does.
}

// Reads one piece: a second read might block, and all the other workers would wait. Closes the pipe at
// its end.
void read_some(Worker& worker) {
    char piece[65536];
    const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) worker.pipe.close();
}

// For a worker whose pipe is at its end: all that is left for it to do is to end.
Result finish(const Worker& worker) {
    if (worker.process < 0) return {false, "failed: cannot be started"};
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    return result_of(worker.message, status);
}

// Sleeps until at least one of the open pipes has something to say or is at its end. Returns the set of those.
fd_set wait_for_any(const std::vector<Worker>& workers) {
    for (;;) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr) >= 0) return pipes;
    }
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");

    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    std::size_t left = workers.size();
    const auto print_if_done = [&](std::size_t i) {
        if (workers[i].pipe.is_open()) return;
        const Result result = finish(workers[i]);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
        --left;
    };
    for (std::size_t i = 0; i < workers.size(); ++i) print_if_done(i);  // those that could not be started
    while (left > 0) {
        const fd_set ready = wait_for_any(workers);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            if (!workers[i].pipe.is_open() || !FD_ISSET(workers[i].pipe.number(), &ready)) continue;
            read_some(workers[i]);
            print_if_done(i);
        }
    }
    return all_well ? 0 : 1;
}
