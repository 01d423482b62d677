// Right    One pipe carries the tasks for all workers, another one their results. A worker claims a task in a shared
//          table by compare-and-swap before it begins. It also holds a pipe, whose end of file reports its death.

#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"
#include "support/write_all.hpp"

// The process that has the task, or one of the values below.
using Owner = std::atomic<pid_t>;
static_assert(Owner::is_always_lock_free, "or it would be no use between processes");
constexpr pid_t not_given = 0, nobody = -1, done = -2;

class Table {
  public:
    explicit Table(std::size_t size) : size_(size) {
        void* const memory =
            mmap(nullptr, size * sizeof(Owner), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
        owners_ = static_cast<Owner*>(memory);
        for (std::size_t i = 0; i < size; ++i) new (owners_ + i) Owner(not_given);
    }
    ~Table() { munmap(static_cast<void*>(owners_), size_ * sizeof(Owner)); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    Owner& operator[](std::size_t i) { return owners_[i]; }
    void clear() {
        for (std::size_t i = 0; i < size_; ++i) owners_[i] = not_given;
    }

  private:
    const std::size_t size_;
    Owner* owners_ = nullptr;
};

struct Pipe {
    Descriptor out, in;
    Pipe() {
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("no pipe");
        out = Descriptor(ends[0]);
        in = Descriptor(ends[1]);
    }
};

struct Worker {
    pid_t process = -1;
    Descriptor life;
};

// A task's index in this sample, from 0, and its number.
struct Order {
    int place, number;
};

class Workers {
  public:
    Workers(const SendOptions& options, SendReport& report)
        : options_(options),
          report_(report),
          table_(static_cast<std::size_t>(options.tasks)),
          workers_(static_cast<std::size_t>(options.workers.most)) {
        start_missing();
    }
    ~Workers() {
        orders_.in.close();
        orders_.out.close();
        for (Worker& worker : workers_) wait_for_end(worker);
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void run(const std::vector<int>& tasks) {
        first_ = tasks.front();
        table_.clear();
        deaths_.assign(tasks.size(), 0);
        std::size_t next = 0;
        while (next < tasks.size() || !given_.empty()) {
            if (!start_missing()) break;
            for (; next < tasks.size() && given_.size() < workers_.size(); ++next) {
                report_.begin(tasks[next]);
                given_.insert(next);
                table_[next] = nobody;
                order(next);
            }
            wait_for_news();
        }
        for (const std::size_t place : std::exchange(given_, {})) fail(place, "there is no worker");
        for (; next < tasks.size(); ++next) fail(next, "there is no worker");
    }

  private:
    void order(std::size_t place) {
        const Order order{static_cast<int>(place), first_ + static_cast<int>(place)};
        write_all(orders_.in.number(), {reinterpret_cast<const char*>(&order), sizeof order});
    }

    // A task may be ordered more than once: the first worker to claim it does it.
    [[noreturn]] void work() noexcept {
        ChatConnection connection(options_);
        const pid_t me = getpid();
        for (;;) {
            Order order{};
            const ssize_t got = read(orders_.out.number(), &order, sizeof order);
            if (got < 0 && errno == EINTR) continue;
            if (got != sizeof order) _exit(0);
            pid_t owner = nobody;
            if (!table_[static_cast<std::size_t>(order.place)].compare_exchange_strong(owner, me)) continue;
            std::string result = message_of(try_deliver(connection, order.number, options_));
            if (result.size() > 3000) result.resize(3000);  // the pipe must be able to write it in one piece
            write_frame(results_.in.number(), std::to_string(order.place) + ':' + result);
        }
    }

    // False if there is no worker at all.
    bool start_missing() {
        std::size_t there = 0;
        for (Worker& worker : workers_) {
            if (worker.process < 0) start(worker);
            if (worker.process > 0) ++there;
        }
        return there > 0;
    }

    void start(Worker& worker) {
        Pipe life;
        const pid_t process = fork();
        if (process == 0) {
            life.out.close();
            orders_.in.close();
            results_.out.close();
            workers_.clear();
            work();
        }
        if (process < 0) return;
        worker.process = process;
        worker.life = std::move(life.out);
    }

    static void wait_for_end(Worker& worker) {
        if (worker.process < 0) return;
        while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
        worker = Worker();
    }

    void wait_for_news() {
        std::vector<pollfd> ends;
        for (const Worker& worker : workers_) ends.push_back({worker.life.number(), POLLIN, 0});
        ends.push_back({results_.out.number(), POLLIN, 0});
        if (poll(ends.data(), ends.size(), -1) < 0) return;
        std::set<pid_t> dead;
        for (std::size_t i = 0; i < workers_.size(); ++i) {
            if (ends[i].revents == 0) continue;
            dead.insert(workers_[i].process);
            wait_for_end(workers_[i]);
        }
        take_results();
        if (!dead.empty()) do_again_what_they_had(dead);
    }

    void take_results() {
        for (;;) {
            pollfd end{results_.out.number(), POLLIN, 0};
            if (poll(&end, 1, 0) <= 0) return;
            const std::string message = read_frame(results_.out.number()).value_or("");
            const std::size_t colon = message.find(':');
            if (colon == std::string::npos) continue;
            const std::size_t place = std::strtoul(message.c_str(), nullptr, 10);
            finish(place, outcome_in(message.substr(colon + 1)).value_or(Outcome{false, "no such outcome"}));
        }
    }

    // Also orders tasks that no worker has: a worker may have died after reading an order and before claiming the task.
    void do_again_what_they_had(const std::set<pid_t>& dead) {
        const std::set<std::size_t> given = given_;
        for (const std::size_t place : given) {
            const pid_t owner = table_[place];
            if (dead.contains(owner)) {
                if (deaths_[place] == options_.retries) {
                    fail(place, "those who tried it have died");
                    continue;
                }
                ++deaths_[place];
                table_[place] = nobody;
            }
            if (table_[place] == nobody) order(place);
        }
    }

    void fail(std::size_t place, const std::string& why) { finish(place, {false, why}); }

    void finish(std::size_t place, Outcome outcome) {
        table_[place] = done;
        given_.erase(place);
        outcome.retries += deaths_[place];
        report_.end(first_ + static_cast<int>(place), outcome);
    }

    const SendOptions& options_;
    SendReport& report_;
    Pipe orders_, results_;
    Table table_;
    std::vector<Worker> workers_;
    int first_ = 0;                // number of this sample's first task
    std::set<std::size_t> given_;  // and not finished yet
    std::vector<int> deaths_;
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    std::signal(SIGPIPE, SIG_IGN);
    SendReport report(options);
    Workers workers(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        workers.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
