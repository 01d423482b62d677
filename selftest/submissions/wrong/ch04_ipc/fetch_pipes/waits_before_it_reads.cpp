// Wrong    Waits for the child before it reads its pipe. A child that has filled the pipe waits for a reader.
// Caught   a full pipe holds nobody up
// Says     the program hangs: nothing is printed yet; the parent waits for a child process to end
// Also     a body of any size arrives whole
// Also     has no memory error

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    int pipe = -1;
};

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

std::string read_all(int from) {
    std::string bytes;
    char piece[65536];
    for (ssize_t got; (got = read(from, piece, sizeof piece)) > 0;) bytes.append(piece, static_cast<std::size_t>(got));
    return bytes;
}

Worker start(const std::string& url, const std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    const pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        for (const Worker& other : others) close(other.pipe);
        _exit(write_all(ends[1], message_of(fetch(url))) ? 0 : 1);
    }
    close(ends[1]);
    return {process, ends[0]};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        const std::string message = read_all(workers[i].pipe);
        close(workers[i].pipe);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
