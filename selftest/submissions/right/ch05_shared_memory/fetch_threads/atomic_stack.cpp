// Right    No mutex: workers push onto an atomic stack; main waits on it and takes the whole stack at once.

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Done {
    std::size_t worker;
    Result result;
    Done* below = nullptr;
};

class Stack {
  public:
    void push(std::unique_ptr<Done> done) {
        Done* const added = done.release();
        added->below = top_.load();
        while (!top_.compare_exchange_weak(added->below, added)) {
        }
        top_.notify_one();
    }

    // Sleeps until there is a result. Taking the whole stack rules out the ABA problem.
    Done* take_all() {
        top_.wait(nullptr);
        return top_.exchange(nullptr);
    }

  private:
    std::atomic<Done*> top_ = nullptr;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    Stack finished;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&finished, &url = options.urls[i], i] {
            finished.push(std::make_unique<Done>(Done{i + 1, result_of(fetch(url))}));
        });
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        for (Done* next = finished.take_all(); next != nullptr; --left) {
            const std::unique_ptr<Done> done(next);
            next = done->below;
            print_line("worker ", done->worker, ": ", done->result.text);
            all_well = all_well && done->result.ok;
        }
    }
    return all_well ? 0 : 1;
}
