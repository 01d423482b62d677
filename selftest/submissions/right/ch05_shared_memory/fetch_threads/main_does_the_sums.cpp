// Right    Workers hand over whole bodies; main computes the sizes and checksums outside the lock.

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

class Mailbox {
  public:
    void deliver(std::size_t worker, Fetched fetched) {
        const std::scoped_lock lock(mutex_);
        mail_.emplace_back(worker, std::move(fetched));
        if (mail_.size() == 1) filled_.notify_one();  // main takes all mail at once
    }

    std::vector<std::pair<std::size_t, Fetched>> collect() {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [this] { return !mail_.empty(); });
        return std::exchange(mail_, {});
    }

  private:
    std::mutex mutex_;
    std::condition_variable filled_;
    std::vector<std::pair<std::size_t, Fetched>> mail_;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    Mailbox mailbox;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i)
        workers.emplace_back([&mailbox, url = options.urls[i], i] { mailbox.deliver(i + 1, fetch(url)); });

    int failed = 0;
    for (std::size_t left = workers.size(); left > 0;) {
        for (const auto& [worker, fetched] : mailbox.collect()) {
            const Result result = result_of(fetched);
            print_line("worker ", worker, ": ", result.text);
            failed += !result.ok;
            --left;
        }
    }
    return failed > 0;
}
