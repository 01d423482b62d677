// Wrong    Starts one child process per URL, and one thread per child to read its pipe.
// Caught   each URL is fetched by a thread of its own

#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Child {
    pid_t process;
    Descriptor pipe;
};

Child start(const std::string& url) {
    int ends[2];
    if (pipe(ends) != 0) return {-1, Descriptor()};
    Descriptor reader(ends[0]), writer(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        const std::string message = message_of(fetch(url));
        for (std::size_t sent = 0; sent < message.size();) {
            const ssize_t taken = write(writer.number(), message.data() + sent, message.size() - sent);
            if (taken < 0) _exit(1);
            sent += static_cast<std::size_t>(taken);
        }
        _exit(0);
    }
    return {process, std::move(reader)};
}

Result hear(const Child& child) {
    std::string message;
    char piece[65536];
    for (ssize_t got; (got = read(child.pipe.number(), piece, sizeof piece)) > 0;)
        message.append(piece, static_cast<std::size_t>(got));
    int status = 0;
    waitpid(child.process, &status, 0);
    return result_of(message, status);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<Child> children;
    for (const std::string& url : options.urls) children.push_back(start(url));

    std::mutex mutex;
    std::condition_variable news;
    std::deque<std::pair<std::size_t, Result>> results;
    std::vector<std::jthread> readers;
    for (std::size_t i = 0; i < children.size(); ++i) {
        readers.emplace_back([&, i] {
            Result result = hear(children[i]);
            const std::scoped_lock lock(mutex);
            results.emplace_back(i + 1, std::move(result));
            news.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = children.size(); left > 0; --left) {
        std::unique_lock lock(mutex);
        news.wait(lock, [&results] { return !results.empty(); });
        const auto [worker, result] = results.front();
        results.pop_front();
        lock.unlock();
        print_line("worker ", worker, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
