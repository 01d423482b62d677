// Right    posix_spawn starts this program again for each worker, with a hidden first argument. The worker reads its
//          options from main's arguments, tasks from stdin, and writes results to stdout.

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"

const std::string hidden = "--send-for-parent";

SendOptions options_in(int argc, char** argv) {
    return parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
}

// In the new program: ARGV[0] --send-for-parent SENDER FLAGS...
int be_a_worker(int argc, char** argv) {
    SendOptions options = options_in(argc - 2, argv + 2);  // SENDER is in the place of the program's name
    options.sender = argv[2];                              // all messages of a run have the same sender
    ChatConnection connection(options);
    while (const std::optional<std::string> task = read_frame(STDIN_FILENO))
        if (!write_frame(STDOUT_FILENO, message_of(try_deliver(connection, std::stoi(*task), options)))) return 1;
    return 0;
}

class Worker {
  public:
    explicit Worker(const std::vector<std::string>& command) {
        int to[2], from[2];
        if (pipe2(to, O_CLOEXEC) != 0) return;
        const Descriptor its_in(to[0]);
        in_ = Descriptor(to[1]);
        if (pipe2(from, O_CLOEXEC) != 0) return;
        const Descriptor its_out(from[1]);
        out_ = Descriptor(from[0]);

        std::vector<char*> words;
        for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        posix_spawn_file_actions_t moves;
        posix_spawn_file_actions_init(&moves);
        posix_spawn_file_actions_adddup2(&moves, its_in.number(), STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&moves, its_out.number(), STDOUT_FILENO);
        if (posix_spawn(&process_, "/proc/self/exe", &moves, nullptr, words.data(), environ) != 0) process_ = -1;
        posix_spawn_file_actions_destroy(&moves);
    }
    ~Worker() {
        in_.close();
        if (!is_there()) return;
        while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    bool is_there() const { return process_ > 0; }
    int results() const { return out_.number(); }
    const std::optional<int>& task() const { return task_; }

    void give(int task) {
        task_ = task;
        write_frame(in_.number(), std::to_string(task));
    }
    // None if the worker has died.
    std::optional<Outcome> take_outcome() {
        const auto message = read_frame(out_.number());
        const auto outcome = message ? outcome_in(*message) : std::nullopt;
        if (outcome) task_.reset();
        return outcome;
    }

  private:
    pid_t process_ = -1;
    Descriptor in_, out_;
    std::optional<int> task_;
};

class Crew {
  public:
    Crew(const SendOptions& options, SendReport& report, std::vector<std::string> command)
        : options_(options), report_(report), command_(std::move(command)) {
        for (int i = 0; i < options.workers.most; ++i) workers_.push_back(new_worker());
    }

    void run(const std::vector<int>& tasks) {
        const int first = tasks.front();
        deaths_.assign(tasks.size(), 0);
        std::deque<int> waiting(tasks.begin(), tasks.end());
        const auto deaths_of = [&](int task) -> int& { return deaths_[static_cast<std::size_t>(task - first)]; };

        for (std::size_t left = tasks.size(); left > 0;) {
            std::vector<pollfd> ends;
            bool somebody_works = false;
            for (auto& worker : workers_) {
                if (!worker->is_there()) worker = new_worker();
                if (worker->is_there() && !worker->task() && !waiting.empty()) {
                    if (deaths_of(waiting.front()) == 0) report_.begin(waiting.front());
                    worker->give(waiting.front());
                    waiting.pop_front();
                }
                somebody_works = somebody_works || worker->task();
                ends.push_back({worker->results(), POLLIN, 0});
            }
            if (!somebody_works) break;
            if (poll(ends.data(), ends.size(), -1) < 0) continue;

            for (std::size_t i = 0; i < workers_.size(); ++i) {
                if (ends[i].revents == 0) continue;
                const std::optional<int> task = workers_[i]->task();
                std::optional<Outcome> outcome = workers_[i]->take_outcome();
                if (!outcome) workers_[i] = new_worker();
                if (!task) continue;
                int& deaths = deaths_of(*task);
                if (!outcome && deaths < options_.retries) {
                    ++deaths;
                    waiting.push_front(*task);
                    continue;
                }
                if (!outcome) outcome = Outcome{false, "the process that sent it died"};
                outcome->retries += deaths;
                report_.end(*task, *outcome);
                --left;
            }
        }
        for (const int task : waiting) report_.end(task, {false, "no process can be started"});
    }

  private:
    std::unique_ptr<Worker> new_worker() const { return std::make_unique<Worker>(command_); }

    const SendOptions& options_;
    SendReport& report_;
    const std::vector<std::string> command_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<int> deaths_;  // per task of this sample
};

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    if (argc > 2 && argv[1] == hidden) return be_a_worker(argc, argv);
    const SendOptions options = options_in(argc, argv);
    std::vector<std::string> command = {argv[0], hidden, options.sender};
    command.insert(command.end(), argv + 1, argv + argc);
    SendReport report(options);
    Crew crew(options, report, std::move(command));
    for (int sample = 0; sample < options.samples; ++sample) {
        crew.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
