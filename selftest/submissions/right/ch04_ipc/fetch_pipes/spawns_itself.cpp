// Right    posix_spawn starts this program once more for each URL, with the pipe as its stdout.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor pipe;
};

Worker start(std::string url) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {};
    Descriptor reader(ends[0]), writer(ends[1]);
    posix_spawn_file_actions_t moves;
    posix_spawn_file_actions_init(&moves);
    posix_spawn_file_actions_adddup2(&moves, writer.number(), STDOUT_FILENO);
    std::string name = "fetch_pipes";
    char* arguments[] = {name.data(), url.data(), nullptr};
    Worker worker{-1, std::move(reader)};
    if (posix_spawn(&worker.process, "/proc/self/exe", &moves, nullptr, arguments, environ) != 0) worker.process = -1;
    posix_spawn_file_actions_destroy(&moves);
    return worker;
}

int main(int argc, char** argv) {
    if (std::getenv("FETCH_FOR_PARENT")) {
        std::cout << message_of(fetch(argv[1])) << std::flush;
        return std::cout.good() ? 0 : 1;
    }
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    setenv("FETCH_FOR_PARENT", "yes", 1);
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url));

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        std::string message;
        char piece[65536];
        for (ssize_t got; (got = read(workers[i].pipe.number(), piece, sizeof piece)) > 0;)
            message.append(piece, static_cast<std::size_t>(got));
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        all_well = all_well && result.ok;
    }
    return all_well ? 0 : 1;
}
