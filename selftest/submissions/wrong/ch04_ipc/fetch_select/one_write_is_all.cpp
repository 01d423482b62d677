// Wrong    Calls write once and loses whatever it did not take.
// Caught   writes on when a write took less than it was given
// Says     byte of a body of 20,000 bytes
// Also     a worker that is stuck holds no other back
// Also     tells a worker that was killed
// Also     tells a message that breaks off

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
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
    return write(to, bytes.data(), bytes.size()) > 0;
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

extern "C" void on_child_end(int) {}

sigset_t keep_child_ends() {
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, mask;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &mask);
    return mask;
}

void read_some(Worker& worker) {
    char piece[65536];
    const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) worker.pipe.close();
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    const sigset_t while_asleep = keep_child_ends();
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    std::size_t left = workers.size();
    while (left > 0) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (pselect(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr, &while_asleep) < 0) FD_ZERO(&pipes);
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
