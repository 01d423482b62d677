// Right    Each worker has a second pipe that is never written to and ends when the worker ends.

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
    pid_t process = -1;
    Descriptor bytes, life;  // the ends to read from
    std::string message;
};

Worker start(const std::string& url, std::vector<Worker>& others) {
    int bytes[2], life[2];
    if (pipe(bytes) != 0 || pipe(life) != 0) _exit(1);
    Descriptor reads_bytes(bytes[0]), writes_bytes(bytes[1]), reads_life(life[0]), holds_life(life[1]);
    const pid_t process = fork();
    if (process == 0) {
        others.clear();
        reads_bytes.close();
        reads_life.close();
        work(url, writes_bytes.number());
    }
    return {process, std::move(reads_bytes), std::move(reads_life), ""};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set ready;
        FD_ZERO(&ready);
        for (const Worker& worker : workers) {
            const Descriptor& next = worker.bytes.is_open() ? worker.bytes : worker.life;
            if (next.is_open()) FD_SET(next.number(), &ready);
        }
        if (select(FD_SETSIZE, &ready, nullptr, nullptr, nullptr) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.bytes.is_open()) {
                if (!FD_ISSET(worker.bytes.number(), &ready)) continue;
                char piece[65536];
                const ssize_t got = read(worker.bytes.number(), piece, sizeof piece);
                if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
                else worker.bytes.close();
            } else if (worker.life.is_open() && FD_ISSET(worker.life.number(), &ready)) {
                worker.life.close();
                int status = 0;
                waitpid(worker.process, &status, 0);  // it is past everything that could hold it up
                const Result result = result_of(worker.message, status);
                print_line("worker ", i + 1, ": ", result.text);
                all_well = all_well && result.ok;
                --left;
            }
        }
    }
    return all_well ? 0 : 1;
}
