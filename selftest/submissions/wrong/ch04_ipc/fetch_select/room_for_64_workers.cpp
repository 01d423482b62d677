// Wrong    Has room for 64 workers but does not check how many there are.
// Caught   has no memory error
// Says     index 64 out of bounds
// Also     all workers fetch at once

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    int pipe = -1;
    std::string message;
};

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    Worker workers[64];
    std::size_t started = 0;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        const pid_t process = fork();
        if (process == 0) {
            close(ends[0]);
            for (std::size_t i = 0; i < started; ++i) close(workers[i].pipe);
            _exit(write_all(ends[1], message_of(fetch(url))) ? 0 : 1);
        }
        close(ends[1]);
        workers[started].process = process;
        workers[started++].pipe = ends[0];
    }
    bool all_well = true;
    for (std::size_t left = started; left > 0;) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (std::size_t i = 0; i < started; ++i)
            if (workers[i].pipe >= 0) FD_SET(workers[i].pipe, &pipes);
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr) < 0) continue;
        for (std::size_t i = 0; i < started; ++i) {
            Worker& worker = workers[i];
            if (worker.pipe < 0 || !FD_ISSET(worker.pipe, &pipes)) continue;
            char piece[65536];
            const ssize_t got = read(worker.pipe, piece, sizeof piece);
            if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
            if (got != 0) continue;
            close(worker.pipe);
            worker.pipe = -1;
            int status = 0;
            waitpid(worker.process, &status, 0);
            const Result result = result_of(worker.message, status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
