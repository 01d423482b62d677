// Right    select wakes at least every 20 ms, and the parent checks which children have ended (WNOHANG).

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

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
    bool done = false;
};

std::vector<Worker> start_all(const std::vector<std::string>& urls) {
    std::vector<Worker> workers;
    for (const std::string& url : urls) {
        int ends[2];
        if (pipe(ends) != 0) _exit(1);
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers.clear();
            reader.close();
            work(url, writer.number());
        }
        workers.push_back({process, std::move(reader)});
    }
    return workers;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers = start_all(options.urls);
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        timeval a_while{0, 20'000};
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, &a_while) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) {
                char piece[65536];
                const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
                if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
                else worker.pipe.close();
            }
            int status = 0;
            if (worker.done || worker.pipe.is_open() || waitpid(worker.process, &status, WNOHANG) == 0) continue;
            const Result result = result_of(worker.message, status);
            print_line("worker ", i + 1, ": ", result.text);
            all_well = all_well && result.ok;
            worker.done = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
