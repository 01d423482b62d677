// Wrong    An extra thread reads main's count of samples without a lock.
// Caught   has no data race
// Says     ThreadSanitizer: data race
// Also     tries again --retries times at most, after pauses that grow

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <deque>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"

struct Task {
    int number;
    int deaths = 0;  // of workers that had it
};

struct Worker {
    pid_t process = -1;
    Descriptor socket;         // closed: the worker has not been started, or has died
    std::optional<Task> task;  // the one that it is busy with
};

// All that a worker does: one task after another, until main closes its end.
[[noreturn]] void work(int socket, const SendOptions& options) noexcept {
    ChatConnection connection(options);  // kept from task to task
    while (const std::optional<std::string> task = read_frame(socket))
        write_frame(socket, message_of(try_deliver(connection, std::stoi(*task), options)));
    _exit(0);
}

class Workers {
  public:
    Workers(const SendOptions& options, SendReport& report)
        : options_(options), report_(report), workers_(static_cast<std::size_t>(options.workers.most)) {
        for (Worker& worker : workers_) start(worker);
    }
    ~Workers() {
        for (Worker& worker : workers_) end(worker);
    }

    // Returns when each task has its outcome.
    void run(const std::vector<int>& tasks) {
        for (const int task : tasks) waiting_.push_back({task});
        while (hand_out()) collect();
        for (const Task& task : std::exchange(waiting_, {}))
            report_.end(task.number, {false, "there is no worker left"});
    }

  private:
    // Gives a task to each worker that is free. Returns false if none is busy after that.
    bool hand_out() {
        for (Worker& worker : workers_) {
            if (worker.task || waiting_.empty()) continue;
            if (!worker.socket.is_open() && !start(worker)) continue;  // a dead one is replaced when it is needed
            worker.task = waiting_.front();
            waiting_.pop_front();
            if (worker.task->deaths == 0) report_.begin(worker.task->number);
            write_frame(worker.socket.number(), std::to_string(worker.task->number));  // collect notices a dead one
        }
        return std::any_of(workers_.begin(), workers_.end(), [](const Worker& one) { return one.task.has_value(); });
    }

    // Waits until there is news of a worker: a result, or its end.
    void collect() {
        std::vector<pollfd> ends;
        for (const Worker& worker : workers_) ends.push_back({worker.socket.number(), POLLIN, 0});
        if (poll(ends.data(), ends.size(), -1) <= 0) return;
        for (std::size_t i = 0; i < workers_.size(); ++i)
            if (ends[i].revents != 0) take_result(workers_[i]);
    }

    void take_result(Worker& worker) {
        const std::optional<std::string> message = read_frame(worker.socket.number());
        std::optional<Outcome> outcome = message ? outcome_in(*message) : std::nullopt;
        if (!outcome) end(worker);  // it has died
        if (!worker.task) return;
        Task task = *std::exchange(worker.task, std::nullopt);
        if (!outcome && task.deaths < options_.retries) {
            ++task.deaths;
            return waiting_.push_front(task);
        }
        if (!outcome) outcome = Outcome{false, "its worker died"};
        outcome->retries += task.deaths;
        report_.end(task.number, *outcome);
    }

    bool start(Worker& worker) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
        Descriptor ours(ends[0]), its(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers_.clear();  // Their sockets are not this worker's business.
            ours.close();
            work(its.number(), options_);
        }
        if (process < 0) return false;
        worker.process = process;
        worker.socket = std::move(ours);
        return true;
    }

    // A worker that finds its socket closed ends.
    void end(Worker& worker) {
        if (!worker.socket.is_open()) return;
        worker.socket.close();
        while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    const SendOptions& options_;
    SendReport& report_;
    std::vector<Worker> workers_;
    std::deque<Task> waiting_;  // no worker has them yet
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    std::signal(SIGPIPE, SIG_IGN);  // a worker may die at any time
    SendReport report(options);
    Workers workers(options, report);
    int samples = 0;
    std::jthread counter([&samples, &options](const std::stop_token& stop) {
        while (!stop.stop_requested() && samples < options.samples)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
    for (int sample = 0; sample < options.samples; ++sample) {
        workers.run(report.begin_sample());
        report.end_sample();
        ++samples;
    }
    return report.finish();
}
