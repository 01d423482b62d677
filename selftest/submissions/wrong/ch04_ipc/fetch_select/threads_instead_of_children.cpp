// Wrong    Threads fetch and write into the pipes, and main waits in select. There is no child process.
// Caught   each URL is fetched by a child process of its own

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    Descriptor pipe;
    std::string message;
    bool done = false;
};

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

void read_some(Worker& worker) {
    char piece[65536];
    const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
    if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
    if (got == 0) worker.pipe.close();
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers(options.urls.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        workers[i].pipe = Descriptor(ends[0]);
        threads.emplace_back([url = options.urls[i], writer = Descriptor(ends[1])] {
            write_all(writer.number(), message_of(fetch(url)));
            const_cast<Descriptor&>(writer).close();
        });
    }

    bool all_well = true;
    std::size_t left = workers.size();
    while (left > 0) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) read_some(worker);
            if (worker.done || worker.pipe.is_open()) continue;
            const Result result = result_of(worker.message, 0);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            worker.done = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
