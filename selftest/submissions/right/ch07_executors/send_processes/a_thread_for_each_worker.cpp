// Right    main has a thread per worker process, which talks to it with blocking calls; the threads share a counter. A
//          program with threads should not fork, so each worker executes this program again.

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"

namespace {

const char* const as_worker = "SEND_PROCESSES_SENDER";  // set in a worker's environment

SendOptions read_options(int argc, char** argv) {
    return parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
}

int be_a_worker(SendOptions options, const std::string& sender) {
    options.sender = sender;
    ChatConnection connection(options);
    const int both_ways = STDIN_FILENO;
    while (const auto task = read_frame(both_ways)) {
        const Outcome outcome = try_deliver(connection, std::atoi(task->c_str()), options);
        if (!write_frame(both_ways, message_of(outcome))) return 1;
    }
    return 0;
}

// A worker, whose process may be replaced after each task.
class Worker {
  public:
    Worker(char** argv, const std::string& sender) : argv_(argv), sender_(sender) { start(); }
    ~Worker() { end(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // None if the worker has died.
    std::optional<Outcome> ask(int task) {
        if (!socket_.is_open() && !start()) return Outcome{false, "no process can be started"};
        if (write_frame(socket_.number(), std::to_string(task)))
            if (const auto answer = read_frame(socket_.number())) return outcome_in(*answer);
        end();
        return std::nullopt;
    }

  private:
    bool start() {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
        Descriptor ours(ends[0]);
        const Descriptor its(ends[1]);
        std::string mark = std::string(as_worker) + "=" + sender_;
        std::vector<char*> environment = {mark.data()};
        for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
        environment.push_back(nullptr);

        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, its.number(), STDIN_FILENO);
        const int error = posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, argv_, environment.data());
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) return false;
        socket_ = std::move(ours);
        return true;
    }

    void end() {
        if (!socket_.is_open()) return;
        socket_.close();
        while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    char** const argv_;
    const std::string& sender_;
    pid_t process_ = -1;
    Descriptor socket_;
};

Outcome do_task(Worker& worker, int task, int retries) {
    for (int deaths = 0; deaths <= retries; ++deaths) {
        if (std::optional<Outcome> outcome = worker.ask(task)) {
            outcome->retries += deaths;
            return *outcome;
        }
    }
    return {false, "its process died, as all those before it", retries};
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const SendOptions options = read_options(argc, argv);
    if (const char* const sender = std::getenv(as_worker)) return be_a_worker(options, sender);

    SendReport report(options);
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < options.workers.most; ++i) workers.push_back(std::make_unique<Worker>(argv, options.sender));
    for (int sample = 0; sample < options.samples; ++sample) {
        const std::vector<int> tasks = report.begin_sample();
        std::atomic<std::size_t> next = 0;
        {
            std::vector<std::jthread> crew;
            for (const auto& worker : workers) {
                crew.emplace_back([&tasks, &next, &report, &options, &worker] {
                    for (std::size_t i = next++; i < tasks.size(); i = next++) {
                        report.begin(tasks[i]);
                        report.end(tasks[i], do_task(*worker, tasks[i], options.retries));
                    }
                });
            }
        }
        report.end_sample();
    }
    return report.finish();
}
