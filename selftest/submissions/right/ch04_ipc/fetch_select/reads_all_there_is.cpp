// Right    Empties each ready pipe with non-blocking reads. The handler itself collects the status.

#include <fcntl.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <iostream>
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

// What the handler knows about a child; `ended` is set last.
struct End {
    std::atomic<pid_t> process{0};
    std::atomic<int> status{0};
    std::atomic<bool> ended{false};
};
End ends_of_children[500];

extern "C" void on_child_end(int) {
    const int before = errno;
    for (End& end : ends_of_children) {
        int status = 0;
        if (end.process == 0 || end.ended || waitpid(end.process, &status, WNOHANG) != end.process) continue;
        end.status = status;
        end.ended = true;
    }
    errno = before;
}

void empty(Descriptor& pipe, std::string& message) {
    char piece[65536];
    ssize_t got;
    while ((got = read(pipe.number(), piece, sizeof piece)) > 0) message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) pipe.close();
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    const std::size_t count = options.urls.size();
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, none;
    sigemptyset(&none);
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, nullptr);  // the handler runs in pselect, and nowhere else

    std::vector<Descriptor> pipes;
    for (std::size_t i = 0; i < count; ++i) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            pipes.clear();
            reader.close();
            work(options.urls[i], writer.number());
        }
        ends_of_children[i].process = process;
        pipes.push_back(std::move(reader));
    }
    std::vector<std::string> messages(count);
    std::vector<bool> told(count);
    std::size_t left = count;
    int exit_code = 0;
    while (left > 0) {
        fd_set ready;
        FD_ZERO(&ready);
        for (const Descriptor& pipe : pipes)
            if (pipe.is_open()) FD_SET(pipe.number(), &ready);
        const bool any = pselect(FD_SETSIZE, &ready, nullptr, nullptr, nullptr, &none) > 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (any && pipes[i].is_open() && FD_ISSET(pipes[i].number(), &ready)) empty(pipes[i], messages[i]);
            if (told[i] || pipes[i].is_open() || !ends_of_children[i].ended) continue;
            const Result result = result_of(messages[i], ends_of_children[i].status);
            std::cout << "worker " + std::to_string(i + 1) + ": " + result.text + "\n" << std::flush;
            if (!result.ok) exit_code = 1;
            told[i] = true;
            --left;
        }
    }
    return exit_code;
}
