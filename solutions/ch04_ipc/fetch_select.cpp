// Chapter 4, task 1B: Fetch by child processes, heard as they come (solution)
//
// Idea    Wait for all pipes at once. select sleeps until some of them have
//         something to say, so that whoever is done is heard at once, and a
//         slow or stuck worker keeps nobody waiting but itself.
// Demo    1. ./kit run --solution fetch_select: compare with fetch_pipes.
//         2. Read each ready pipe to its end. Who has to wait, and for whom?
//         3. Unblock SIGCHLD before the loop, and sleep in select instead of
//            pselect. When does it miss a child's end, and sleep for ever?

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
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
    Descriptor pipe;      // the end to read from
    std::string message;  // what has come so far
    bool done = false;    // its line is printed
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
        others.clear();  // Their pipes are not this worker's business.
        work(url, writer.number());
    }
    return {process, std::move(reader), "", false};
    // `writer` closes here: now only the child holds that end, so when it ends there is an end.
}

// Its only purpose is to interrupt the sleep in pselect.
extern "C" void on_child_end(int) {}

// From here on SIGCHLD waits until somebody sleeps with the mask that is returned: an end between
// two looks is not missed.
sigset_t keep_child_ends() {
    struct sigaction action {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, mask;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &mask);
    return mask;
}

// One piece of what is there: a second read might block, and with it everybody else.
void read_some(Worker& worker) {
    char piece[65536];
    const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) worker.pipe.close();
}

// True where the worker has nothing left to say and has ended. It may have closed its pipe long before.
bool has_ended(const Worker& worker, int& status) {
    if (worker.pipe.is_open()) return false;
    return worker.process < 0 || waitpid(worker.process, &status, WNOHANG) == worker.process;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    const sigset_t while_asleep = keep_child_ends();

    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        for (std::size_t i = 0; i < workers.size(); ++i) {
            int status = 0;
            if (workers[i].done || !has_ended(workers[i], status)) continue;
            const Result result = workers[i].process < 0 ? Result{false, "failed: cannot be started"}
                                                         : result_of(workers[i].message, status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            workers[i].done = true;
            --left;
        }
        if (left == 0) break;

        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        // Asleep until a pipe has something, or a child has ended.
        if (pselect(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr, &while_asleep) < 0) continue;
        for (Worker& worker : workers)
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) read_some(worker);
    }
    return all_well ? 0 : 1;
}
