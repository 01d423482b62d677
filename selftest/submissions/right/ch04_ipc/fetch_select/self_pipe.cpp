// Right    The SIGCHLD handler writes a byte into a pipe that is in the set too.

#include <fcntl.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <map>
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

int wake_up_pipe[2];

extern "C" void on_child_end(int) {
    const int before = errno;
    [[maybe_unused]] const ssize_t ignored = write(wake_up_pipe[1], "!", 1);  // full: there is a byte already
    errno = before;
}

struct Worker {
    std::size_t number;
    Descriptor pipe;
    std::string message;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    if (pipe2(wake_up_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return 1;
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
    sigaction(SIGCHLD, &action, nullptr);

    std::map<pid_t, Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            for (auto& [other, worker] : workers) worker.pipe.close();
            reader.close();
            work(url, writer.number());
        }
        workers[process] = {workers.size() + 1, std::move(reader), ""};
    }
    bool failed = false;
    while (!workers.empty()) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(wake_up_pipe[0], &ready);
        int highest = wake_up_pipe[0];
        for (const auto& [process, worker] : workers) {
            if (!worker.pipe.is_open()) continue;
            FD_SET(worker.pipe.number(), &ready);
            highest = std::max(highest, worker.pipe.number());
        }
        if (select(highest + 1, &ready, nullptr, nullptr, nullptr) < 0) continue;
        char piece[32'768];
        if (FD_ISSET(wake_up_pipe[0], &ready))
            while (read(wake_up_pipe[0], piece, sizeof piece) > 0) {
            }
        for (auto& [process, worker] : workers) {
            if (!worker.pipe.is_open() || !FD_ISSET(worker.pipe.number(), &ready)) continue;
            const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
            if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
            if (got == 0) worker.pipe.close();
        }
        for (auto entry = workers.begin(); entry != workers.end();) {
            const auto& [process, worker] = *entry;
            int status = 0;
            if (worker.pipe.is_open() || waitpid(process, &status, WNOHANG) == 0) {
                ++entry;
                continue;
            }
            const Result result = result_of(worker.message, status);
            print_line("worker ", worker.number, ": ", result.text);
            failed = failed || !result.ok;
            entry = workers.erase(entry);
        }
    }
    return failed ? 1 : 0;
}
