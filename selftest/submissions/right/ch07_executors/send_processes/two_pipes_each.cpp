// Right    Two pipes per worker, and select. Every child closes the other workers' ends.

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"

struct Pipe {
    Descriptor read_end, write_end;
};

Pipe make_pipe() {
    int ends[2];
    if (pipe(ends) != 0) return {};
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

constexpr int nothing = 0;

class Worker {
  public:
    Worker(pid_t process, Descriptor orders, Descriptor results)
        : process_(process), orders_(std::move(orders)), results_(std::move(results)) {}
    ~Worker() {
        orders_.close();
        results_.close();
        while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    int task() const { return task_; }
    int results() const { return results_.number(); }
    void give(int task) {
        task_ = task;
        write_frame(orders_.number(), std::to_string(task));  // outcome() notices a dead one
    }
    std::optional<Outcome> outcome() {
        const auto message = read_frame(results_.number());
        return message ? outcome_in(*message) : std::nullopt;
    }
    void has_done_it() { task_ = nothing; }
    void forget() {  // in a child: these ends are not its own
        orders_.close();
        results_.close();
    }

  private:
    pid_t process_;
    Descriptor orders_, results_;
    int task_ = nothing;
};

class Office {
  public:
    Office(const SendOptions& options, SendReport& report) : options_(options), report_(report) { fill_up(); }

    void run(const std::vector<int>& tasks) {
        for (const int task : tasks) waiting_.push_back(task);
        deaths_.clear();
        for (;;) {
            fill_up();
            if (workers_.empty()) break;
            hand_out();
            const bool all_idle = std::all_of(workers_.begin(), workers_.end(),
                                              [](const auto& worker) { return worker->task() == nothing; });
            if (all_idle) return;
            wait_for_some();
        }
        for (const int task : waiting_) end(task, {false, "no process can be started"});
        waiting_.clear();
    }

  private:
    void fill_up() {
        while (static_cast<int>(workers_.size()) < options_.workers.most) {
            Pipe orders = make_pipe(), results = make_pipe();
            if (!orders.read_end.is_open() || !results.read_end.is_open()) return;
            const pid_t process = fork();
            if (process < 0) return;
            if (process == 0) {
                for (const auto& other : workers_) other->forget();
                orders.write_end.close();
                results.read_end.close();
                be_a_worker(orders.read_end.number(), results.write_end.number());
            }
            workers_.push_back(
                std::make_unique<Worker>(process, std::move(orders.write_end), std::move(results.read_end)));
        }
    }

    [[noreturn]] void be_a_worker(int orders, int results) const noexcept {
        ChatConnection connection(options_);
        while (const auto order = read_frame(orders))
            if (!write_frame(results, message_of(try_deliver(connection, std::atoi(order->c_str()), options_)))) break;
        _exit(0);
    }

    void hand_out() {
        for (const auto& worker : workers_) {
            if (waiting_.empty()) return;
            if (worker->task() != nothing) continue;
            const int task = waiting_.front();
            waiting_.pop_front();
            if (deaths_.find(task) == deaths_.end()) report_.begin(task);
            worker->give(task);
        }
    }

    // 256 workers have 512 ends here, which select can handle.
    void wait_for_some() {
        fd_set readable;
        FD_ZERO(&readable);
        int last = -1;
        for (const auto& worker : workers_) {
            FD_SET(worker->results(), &readable);
            last = std::max(last, worker->results());
        }
        if (select(last + 1, &readable, nullptr, nullptr, nullptr) <= 0) return;
        for (auto it = workers_.begin(); it != workers_.end();) {
            Worker& worker = **it;
            if (!FD_ISSET(worker.results(), &readable)) {
                ++it;
                continue;
            }
            const int task = worker.task();
            if (const auto outcome = worker.outcome()) {
                worker.has_done_it();
                end(task, *outcome);
                ++it;
            } else {
                it = workers_.erase(it);
                if (task != nothing) has_lost_its_worker(task);
            }
        }
    }

    void has_lost_its_worker(int task) {
        int& deaths = deaths_[task];
        if (deaths == options_.retries) return end(task, {false, "each process that tried it died"});
        ++deaths;
        waiting_.push_front(task);
    }

    void end(int task, Outcome outcome) {
        if (const auto found = deaths_.find(task); found != deaths_.end()) outcome.retries += found->second;
        report_.end(task, outcome);
    }

    const SendOptions& options_;
    SendReport& report_;
    std::list<std::unique_ptr<Worker>> workers_;
    std::list<int> waiting_;
    std::map<int, int> deaths_;  // by task
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    std::signal(SIGPIPE, SIG_IGN);
    SendReport report(options);
    Office office(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        office.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
