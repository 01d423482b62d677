// Right    One socket carries the tasks for all workers, another one all results; each message is whole. A worker
//          receives its task straight into memory shared with main, so main can always find out what a dead
//          worker had. pidfds report deaths.

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/send_report.hpp"

constexpr int none = 0;

// The task of each worker, by its index. main reads it when that worker is dead.
class Hands {
  public:
    explicit Hands(std::size_t workers) : size_(workers * sizeof(int)) {
        void* const memory = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
        hands_ = static_cast<int*>(memory);
    }
    ~Hands() { munmap(hands_, size_); }
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;

    int& of(std::size_t worker) { return hands_[worker]; }

  private:
    const std::size_t size_;
    int* hands_ = nullptr;
};

struct SocketPair {
    Descriptor ours, theirs;
    SocketPair() {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) throw std::runtime_error("no socket");
        ours = Descriptor(ends[0]);
        theirs = Descriptor(ends[1]);
    }
};

struct Worker {
    pid_t process = -1;
    Descriptor life;  // a pidfd, readable when it has died
};

class Workers {
  public:
    Workers(const SendOptions& options, SendReport& report)
        : options_(options), report_(report), workers_(count()), hands_(count()) {
        replace_the_dead();
    }
    ~Workers() {
        tasks_.ours.close();
        tasks_.theirs.close();  // main kept it for later workers
        for (const Worker& worker : workers_) reap(worker);
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void run(const std::vector<int>& tasks) {
        std::deque<int> waiting(tasks.begin(), tasks.end());
        deaths_.clear();
        while (!waiting.empty() || !deaths_.empty()) {
            if (!replace_the_dead()) break;
            // At most one task per worker is under way, so there is always room in the socket.
            while (!waiting.empty() && deaths_.size() < workers_.size()) {
                report_.begin(waiting.front());
                deaths_[waiting.front()] = 0;
                put(waiting.front());
                waiting.pop_front();
            }
            wait();
        }
        // No process can be started any more: no worker will read what is in the socket.
        for (int task; recv(tasks_.theirs.number(), &task, sizeof task, MSG_DONTWAIT) > 0;) {
        }
        const Outcome no_process{false, "there are no processes any more"};
        while (!deaths_.empty()) end(deaths_.begin()->first, no_process);
        for (const int task : waiting) report_.end(task, no_process);
    }

  private:
    std::size_t count() const { return static_cast<std::size_t>(options_.workers.most); }

    void put(int task) {
        while (send(tasks_.ours.number(), &task, sizeof task, MSG_NOSIGNAL) < 0 && errno == EINTR) {
        }
    }

    // False if there is no worker after that.
    bool replace_the_dead() {
        for (std::size_t i = 0; i < workers_.size(); ++i)
            if (workers_[i].process < 0) start(i);
        return std::any_of(workers_.begin(), workers_.end(), [](const Worker& one) { return one.process >= 0; });
    }

    void start(std::size_t i) {
        hands_.of(i) = none;
        Worker worker{fork(), {}};
        if (worker.process == 0) work(i);
        if (worker.process < 0) return;
        worker.life = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, worker.process, 0)));
        if (worker.life.is_open()) {
            workers_[i] = std::move(worker);
        } else {  // its death would not be noticed
            kill(worker.process, SIGKILL);
            reap(worker);
        }
    }

    [[noreturn]] void work(std::size_t i) noexcept {
        tasks_.ours.close();  // Or it would never see the end of the tasks.
        results_.ours.close();
        workers_.clear();
        int& hand = hands_.of(i);
        ChatConnection connection(options_);
        for (;;) {
            const ssize_t got = recv(tasks_.theirs.number(), &hand, sizeof hand, 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) _exit(0);
            const std::string result = std::to_string(hand) + ' ' + message_of(try_deliver(connection, hand, options_));
            send(results_.theirs.number(), result.data(), result.size(), MSG_NOSIGNAL);
            hand = none;
        }
    }

    static void reap(const Worker& worker) {
        if (worker.process < 0) return;
        while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    // Waits for a result or a death.
    void wait() {
        std::vector<pollfd> ends = {{results_.ours.number(), POLLIN, 0}};
        for (const Worker& worker : workers_) ends.push_back({worker.life.number(), POLLIN, 0});
        poll(ends.data(), ends.size(), -1);
        take_results();
        for (std::size_t i = 0; i < workers_.size(); ++i)
            if (ends[i + 1].revents != 0) bury(i);
    }

    void take_results() {
        char bytes[1 << 16];
        for (;;) {
            const ssize_t got = recv(results_.ours.number(), bytes, sizeof bytes, MSG_DONTWAIT);
            if (got <= 0) return;
            const std::string_view message(bytes, static_cast<std::size_t>(got));
            const std::size_t space = message.find(' ');
            const int task = std::stoi(std::string(message.substr(0, space)));
            end(task, outcome_in(message.substr(space + 1)).value_or(Outcome{false, "nobody understands its result"}));
        }
    }

    void bury(std::size_t i) {
        reap(workers_[i]);
        workers_[i] = Worker();
        take_results();  // its last result, before its task counts as lost
        const auto lost = deaths_.find(hands_.of(i));
        if (lost == deaths_.end()) return;  // it had no task, or had finished it
        if (lost->second == options_.retries) return end(lost->first, {false, "its worker died, again and again"});
        ++lost->second;
        put(lost->first);
    }

    void end(int task, Outcome outcome) {
        const auto found = deaths_.find(task);
        if (found == deaths_.end()) return;
        outcome.retries += found->second;
        report_.end(task, outcome);
        deaths_.erase(found);
    }

    const SendOptions& options_;
    SendReport& report_;
    SocketPair tasks_, results_;
    std::vector<Worker> workers_;
    Hands hands_;
    std::map<int, int> deaths_;  // per task under way: deaths of workers that had it
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    SendReport report(options);
    Workers workers(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        workers.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
