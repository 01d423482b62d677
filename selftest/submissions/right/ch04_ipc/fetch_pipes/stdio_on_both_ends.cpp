// Right    Uses a FILE* on both ends of the pipe. Checks fwrite and fflush, and calls fread until end of file.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int work(const std::string& url, int to) {
    FILE* const pipe = fdopen(to, "w");
    if (!pipe) return 1;
    const std::string message = message_of(fetch(url));
    const bool written = std::fwrite(message.data(), 1, message.size(), pipe) == message.size();
    return std::fclose(pipe) == 0 && written ? 0 : 1;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<FILE*> pipes;
    std::vector<pid_t> children;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        const pid_t child = fork();
        if (child == 0) {
            for (FILE* other : pipes) close(fileno(other));
            close(ends[0]);
            _exit(work(url, ends[1]));
        }
        close(ends[1]);
        pipes.push_back(fdopen(ends[0], "r"));
        children.push_back(child);
    }
    bool all_well = true;
    for (std::size_t i = 0; i < pipes.size(); ++i) {
        std::string message;
        char piece[8192];
        for (std::size_t got; (got = std::fread(piece, 1, sizeof piece, pipes[i])) > 0;) message.append(piece, got);
        std::fclose(pipes[i]);
        int status = 0;
        waitpid(children[i], &status, 0);
        const Result result = result_of(message, status);
        std::printf("worker %zu: %s\n", i + 1, result.text.c_str());
        std::fflush(stdout);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
