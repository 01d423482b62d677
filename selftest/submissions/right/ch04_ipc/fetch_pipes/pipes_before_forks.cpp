// Right    Makes all pipes before the first fork. Each process closes every end that is not its own.

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

using Pipe = std::array<int, 2>;

[[noreturn]] void work(const std::string& url, const std::vector<Pipe>& pipes, std::size_t own) {
    for (std::size_t i = 0; i < pipes.size(); ++i) {
        close(pipes[i][0]);
        if (i != own) close(pipes[i][1]);
    }
    const std::string message = message_of(fetch(url));
    for (std::size_t sent = 0; sent < message.size();) {
        const ssize_t taken = write(pipes[own][1], message.data() + sent, message.size() - sent);
        if (taken < 0) _exit(1);
        sent += static_cast<std::size_t>(taken);
    }
    _exit(0);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Pipe> pipes(options.urls.size());
    for (Pipe& ends : pipes)
        if (pipe(ends.data()) != 0) return 1;
    std::vector<pid_t> children;
    for (std::size_t i = 0; i < pipes.size(); ++i) {
        children.push_back(fork());
        if (children.back() == 0) work(options.urls[i], pipes, i);
    }
    for (const Pipe& ends : pipes) close(ends[1]);

    bool all_well = true;
    for (std::size_t i = 0; i < pipes.size(); ++i) {
        std::string message;
        char piece[4096];
        for (ssize_t got; (got = read(pipes[i][0], piece, sizeof piece)) > 0;) message.append(piece, got);
        int status = 0;
        waitpid(children[i], &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        all_well &= result.ok;
    }
    for (const Pipe& ends : pipes) close(ends[0]);
    return all_well ? 0 : 1;
}
