// Right    Main sleeps in select. A thread waits for the children and reports each end through a pipe.

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <string>
#include <thread>
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
    bool told = false;
};

struct End {
    pid_t process;
    int status;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers.clear();
            reader.close();
            work(url, writer.number());
        }
        workers.push_back({process, std::move(reader)});
    }
    int ends[2];
    if (pipe(ends) != 0) return 1;
    const Descriptor news(ends[0]), teller(ends[1]);
    std::jthread waiter([&teller, count = workers.size()] {
        for (std::size_t i = 0; i < count; ++i) {
            End end{};
            end.process = wait(&end.status);
            if (write(teller.number(), &end, sizeof end) < 0) return;  // whole: shorter than PIPE_BUF
        }
    });

    std::map<pid_t, int> ended;
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(news.number(), &ready);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &ready);
        if (select(FD_SETSIZE, &ready, nullptr, nullptr, nullptr) < 0) continue;
        if (FD_ISSET(news.number(), &ready)) {
            End end{};
            if (read(news.number(), &end, sizeof end) == sizeof end) ended[end.process] = end.status;
        }
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &ready)) {
                char piece[65536];
                const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
                if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
                else worker.pipe.close();
            }
            if (worker.told || worker.pipe.is_open() || !ended.contains(worker.process)) continue;
            const Result result = result_of(worker.message, ended[worker.process]);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            worker.told = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
