// Right    Each child executes this program with a hidden argument, and its stdout is its pipe.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int be_a_worker(const std::string& url) {
    const std::string message = message_of(fetch(url));
    if (std::fwrite(message.data(), 1, message.size(), stdout) != message.size()) return 1;
    return std::fflush(stdout) == 0 ? 0 : 1;
}

struct Worker {
    pid_t process;
    Descriptor out;
};

Worker start(const std::string& url) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {-1, Descriptor()};
    Descriptor out(ends[0]), in(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        dup2(in.number(), STDOUT_FILENO);  // the copy stays open in the new program, all else is closed
        execl("/proc/self/exe", "fetch_pipes", "--fetch-for-parent", url.c_str(), nullptr);
        _exit(127);
    }
    return {process, std::move(out)};
}

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--fetch-for-parent") return be_a_worker(argv[2]);
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url));

    int exit_code = 0;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        std::string message;
        char piece[65536];
        for (ssize_t got; (got = read(workers[i].out.number(), piece, sizeof piece)) > 0;)
            message.append(piece, static_cast<std::size_t>(got));
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) exit_code = 1;
    }
    return exit_code;
}
