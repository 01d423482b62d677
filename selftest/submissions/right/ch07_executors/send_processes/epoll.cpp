// Right    A socket pair per worker, which keeps messages whole, and epoll, whose events say which worker has news.

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/send_report.hpp"

struct Task {
    int number = 0;
    int deaths = 0;
};

struct Worker {
    pid_t process = -1;
    Descriptor socket;
    Task task;

    bool lives() const { return process > 0; }
    bool is_busy() const { return task.number != 0; }
};

[[noreturn]] void work(int socket, const SendOptions& options) noexcept {
    ChatConnection connection(options);
    for (;;) {
        int task = 0;
        const ssize_t got = recv(socket, &task, sizeof task, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got != sizeof task) _exit(0);
        const std::string result = message_of(try_deliver(connection, task, options));
        if (send(socket, result.data(), result.size(), MSG_NOSIGNAL) < 0) _exit(1);
    }
}

class Dispatcher {
  public:
    Dispatcher(const SendOptions& options, SendReport& report)
        : options_(options), report_(report), workers_(static_cast<std::size_t>(options.workers.most)) {
        if (!watch_.is_open()) throw std::runtime_error("no epoll");
        for (std::size_t i = 0; i < workers_.size(); ++i)
            if (start(i)) free_.push_back(i);
    }
    ~Dispatcher() {
        for (Worker& worker : workers_) end(worker);
    }
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    void run(const std::vector<int>& tasks) {
        for (const int task : tasks) waiting_.push_back({task});
        while (true) {
            while (!waiting_.empty() && !free_.empty()) give_first();
            if (busy_ == 0) break;
            std::array<epoll_event, 64> events;
            const int ready = epoll_wait(watch_.number(), events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < ready; ++i) hear(events[static_cast<std::size_t>(i)].data.u64);
        }
        for (; !waiting_.empty(); waiting_.pop_front())
            done(waiting_.front(), {false, "all workers have died, and no more can be had"});
    }

  private:
    void give_first() {
        Worker& worker = workers_[free_.front()];
        free_.pop_front();
        worker.task = waiting_.front();
        waiting_.pop_front();
        ++busy_;
        if (worker.task.deaths == 0) report_.begin(worker.task.number);
        // If it has died, epoll reports that next.
        send(worker.socket.number(), &worker.task.number, sizeof worker.task.number, MSG_NOSIGNAL);
    }

    void hear(std::size_t i) {
        Worker& worker = workers_[i];
        char bytes[1 << 16];
        const ssize_t got = recv(worker.socket.number(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) return replace(i);
        const auto outcome = outcome_in(std::string_view(bytes, static_cast<std::size_t>(got)));
        --busy_;
        done(std::exchange(worker.task, {}), outcome.value_or(Outcome{false, "a worker talks nonsense"}));
        free_.push_back(i);
    }

    void replace(std::size_t i) {
        Worker& worker = workers_[i];
        Task task = std::exchange(worker.task, {});
        end(worker);
        std::erase(free_, i);
        if (start(i)) free_.push_back(i);
        if (task.number == 0) return;
        --busy_;
        if (task.deaths == options_.retries) return done(task, {false, "too many workers died of it"});
        ++task.deaths;
        waiting_.push_front(task);
    }

    void done(const Task& task, Outcome outcome) {
        outcome.retries += task.deaths;
        report_.end(task.number, outcome);
    }

    bool start(std::size_t i) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) return false;
        Descriptor ours(ends[0]), its(ends[1]);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        const pid_t process = fork();
        if (process == 0) {
            ours.close();
            watch_.close();
            for (Worker& other : workers_) other.socket.close();
            work(its.number(), options_);
        }
        if (process < 0) return false;
        workers_[i].process = process;
        workers_[i].socket = std::move(ours);
        if (epoll_ctl(watch_.number(), EPOLL_CTL_ADD, workers_[i].socket.number(), &event) == 0) return true;
        end(workers_[i]);
        return false;
    }

    void end(Worker& worker) {
        if (!worker.lives()) return;
        // Another process may still hold a copy of this socket: closing ours would not remove it from epoll.
        epoll_ctl(watch_.number(), EPOLL_CTL_DEL, worker.socket.number(), nullptr);
        worker.socket.close();
        while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
        worker.process = -1;
    }

    const SendOptions& options_;
    SendReport& report_;
    Descriptor watch_{epoll_create1(EPOLL_CLOEXEC)};
    std::vector<Worker> workers_;
    std::deque<std::size_t> free_;
    std::deque<Task> waiting_;
    int busy_ = 0;
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    SendReport report(options);
    Dispatcher dispatcher(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        dispatcher.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
