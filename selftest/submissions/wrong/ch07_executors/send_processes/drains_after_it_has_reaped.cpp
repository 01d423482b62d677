// Wrong    Reaps first and empties the signalfd afterwards: the signal of a worker that dies in between is thrown away,
//          and main waits for its task for ever.
// Caught   hears a child's end at any moment
// Says     the program hangs

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"

std::pair<Descriptor, Descriptor> new_pipe() {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor child_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    Descriptor signals(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals.is_open()) throw std::runtime_error("no descriptor for signals");
    return signals;
}

struct Task {
    int number;
    int deaths;
};

struct Worker {
    Descriptor orders;
    std::optional<Task> task;
};

class Manager {
  public:
    Manager(const SendOptions& options, SendReport& report)
        : options_(options), report_(report), signals_(child_signals()), results_(new_pipe()) {
        hire();
    }
    ~Manager() {
        for (auto& [process, worker] : workers_) worker.orders.close();
        for (auto& [process, worker] : workers_)
            while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
            }
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    void run(const std::vector<int>& tasks) {
        for (const int task : tasks) waiting_.push_back({task, 0});
        open_ = tasks.size();
        while (open_ > 0) {
            hire();
            hand_out();
            if (workers_.empty()) give_up();
            else wait();
        }
    }

  private:
    void hire() {
        while (workers_.size() < static_cast<std::size_t>(options_.workers.most)) {
            auto [its_orders, orders] = new_pipe();
            const pid_t process = fork();
            if (process < 0) return;
            if (process == 0) {
                orders.close();
                workers_.clear();  // or earlier workers see no end of file while this one lives
                signals_.close();
                results_.first.close();
                work(its_orders.number(), results_.second.number());
            }
            workers_[process].orders = std::move(orders);
        }
    }

    // Writes "4711 ok 0": its process id and the outcome.
    [[noreturn]] void work(int orders, int results) const noexcept {
        constexpr std::size_t longest = 2000;  // a pipe keeps up to 4096 bytes whole
        ChatConnection connection(options_);
        while (const auto order = read_frame(orders)) {
            std::string result = message_of(try_deliver(connection, std::atoi(order->c_str()), options_));
            if (result.size() > longest) result.resize(longest);
            if (!write_frame(results, std::to_string(getpid()) + " " + result)) break;
        }
        _exit(0);
    }

    void hand_out() {
        for (auto& [process, worker] : workers_) {
            if (waiting_.empty()) return;
            if (worker.task) continue;
            worker.task = waiting_.front();
            waiting_.pop_front();
            if (worker.task->deaths == 0) report_.begin(worker.task->number);
            write_frame(worker.orders.number(), std::to_string(worker.task->number));
        }
    }

    void wait() {
        pollfd both[] = {{results_.first.number(), POLLIN, 0}, {signals_.number(), POLLIN, 0}};
        if (poll(both, 2, -1) < 0) return;
        std::vector<pid_t> dead;  // one signal may stand for several deaths
        for (pid_t process; (process = waitpid(-1, nullptr, WNOHANG)) > 0;) dead.push_back(process);
        read_results();
        for (const pid_t process : dead) bury(process);
        for (signalfd_siginfo signal; read(signals_.number(), &signal, sizeof signal) > 0;) {
        }
    }

    void read_results() {
        for (;;) {
            pollfd results{results_.first.number(), POLLIN, 0};
            if (poll(&results, 1, 0) <= 0) return;
            const std::string message = read_frame(results_.first.number()).value_or("");
            char* after = nullptr;
            const auto process = static_cast<pid_t>(std::strtol(message.c_str(), &after, 10));
            const auto worker = workers_.find(process);
            if (worker == workers_.end() || !worker->second.task || *after != ' ') continue;
            end(*std::exchange(worker->second.task, std::nullopt),
                outcome_in(after + 1).value_or(Outcome{false, "its result is not one"}));
        }
    }

    void bury(pid_t process) {
        const auto worker = workers_.find(process);
        if (worker == workers_.end()) return;
        const std::optional<Task> task = worker->second.task;
        workers_.erase(worker);
        if (!task) return;
        if (task->deaths == options_.retries) end(*task, {false, "its worker was killed"});
        else waiting_.push_front({task->number, task->deaths + 1});
    }

    void end(const Task& task, Outcome outcome) {
        outcome.retries += task.deaths;
        report_.end(task.number, outcome);
        --open_;
    }

    void give_up() {
        for (const Task& task : std::exchange(waiting_, {})) end(task, {false, "no worker can be started"});
    }

    const SendOptions& options_;
    SendReport& report_;
    Descriptor signals_;
    std::pair<Descriptor, Descriptor> results_;  // main keeps the write end, too, for later workers
    std::map<pid_t, Worker> workers_;
    std::deque<Task> waiting_;
    std::size_t open_ = 0;
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    std::signal(SIGPIPE, SIG_IGN);
    SendReport report(options);
    Manager manager(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        manager.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
