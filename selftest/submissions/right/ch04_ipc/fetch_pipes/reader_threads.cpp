// Right    One future per pipe: threads read all pipes at once, and main prints in order.

#include <sys/wait.h>
#include <unistd.h>

#include <future>
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

Result hear(const Worker& worker) {
    std::string message;
    char piece[65536];
    for (ssize_t got; (got = read(worker.pipe.number(), piece, sizeof piece)) > 0;)
        message.append(piece, static_cast<std::size_t>(got));
    int status = 0;
    if (waitpid(worker.process, &status, 0) < 0) return {false, "failed: cannot be waited for"};
    return result_of(message, status);
}

void work(const std::string& url, int to) {
    const std::string message = message_of(fetch(url));
    std::size_t sent = 0;
    while (sent < message.size()) {
        const ssize_t taken = write(to, message.data() + sent, message.size() - sent);
        if (taken < 0) _exit(1);
        sent += static_cast<std::size_t>(taken);
    }
}

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
            _exit(0);
        }
        workers.push_back({process, std::move(reader)});
    }
    // Start threads only now: a fork would copy none of them, but every lock that they hold.
    std::vector<std::future<Result>> results;
    for (const Worker& worker : workers)
        results.push_back(std::async(std::launch::async, [&worker] { return hear(worker); }));
    int exit_code = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Result result = results[i].get();
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) exit_code = 1;
    }
    return exit_code;
}
