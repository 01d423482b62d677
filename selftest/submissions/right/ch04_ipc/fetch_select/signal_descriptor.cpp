// Right    SIGCHLD is blocked and arrives through a signalfd, which is in the set like any other descriptor.

#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>
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
    pid_t process;
    Descriptor pipe;
    std::string message = "";
    std::optional<int> status = {};
    bool told = false;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    sigset_t child_ends;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, nullptr);
    const Descriptor ends_of_children(signalfd(-1, &child_ends, SFD_CLOEXEC));

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
        workers.push_back({process, std::move(reader)});
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(ends_of_children.number(), &ready);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &ready);
        select(FD_SETSIZE, &ready, nullptr, nullptr, nullptr);
        if (FD_ISSET(ends_of_children.number(), &ready)) {
            signalfd_siginfo what;
            if (read(ends_of_children.number(), &what, sizeof what) < 0) return 1;
            int status = 0;
            for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)  // one signal may stand for many
                for (Worker& worker : workers)
                    if (worker.process == ended) worker.status = status;
        }
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &ready)) {
                char piece[65536];
                const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
                if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
                else worker.pipe.close();
            }
            if (worker.told || worker.pipe.is_open() || !worker.status) continue;
            const Result result = result_of(worker.message, *worker.status);
            print_line("worker ", i + 1, ": ", result.text);
            all_well &= result.ok;
            worker.told = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
