// Right    After a worker's pipe has ended, a pidfd of the worker takes its place in the set.

#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

void work(const std::string& url, int to) {
    const std::string message = message_of(fetch(url));
    for (std::size_t sent = 0; sent < message.size();) {
        const ssize_t taken = write(to, message.data() + sent, message.size() - sent);
        if (taken < 0) _exit(1);
        sent += static_cast<std::size_t>(taken);
    }
    _exit(0);
}

struct Worker {
    pid_t process = -1;
    Descriptor heard;  // its pipe, then its process: ready when it has ended
    bool is_process = false;
    std::string message;
};

// Returns true when the worker has ended, with its status in `status`.
bool hear(Worker& worker, int& status) {
    if (worker.is_process) {
        waitpid(worker.process, &status, 0);  // returns at once: it has ended
        worker.heard.close();
        return true;
    }
    char piece[65536];
    const ssize_t got = read(worker.heard.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) {
        worker.heard = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, worker.process, 0)));
        worker.is_process = true;
    }
    return false;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers.clear();
            reader.close();
            work(url, writer.number());
        }
        workers.push_back({process, std::move(reader), false, ""});
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set ready;
        FD_ZERO(&ready);
        for (const Worker& worker : workers)
            if (worker.heard.is_open()) FD_SET(worker.heard.number(), &ready);
        select(FD_SETSIZE, &ready, nullptr, nullptr, nullptr);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            int status = 0;
            if (!workers[i].heard.is_open() || !FD_ISSET(workers[i].heard.number(), &ready)) continue;
            if (!hear(workers[i], status)) continue;
            const Result result = result_of(workers[i].message, status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
