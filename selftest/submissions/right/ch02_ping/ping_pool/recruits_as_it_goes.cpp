// Right    A worker that finds more work than it can do alone starts the next worker, up to --workers.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

class Crew {
  public:
    explicit Crew(const PingOptions& options) : options_(options), all_answered_(options.complete) {}

    // Works until no URL is left, and joins its recruit before it returns.
    void work(int hands_left) {
        std::jthread recruit;
        for (std::size_t mine = next_++; mine < options_.urls.size(); mine = next_++) {
            if (hands_left > 0 && next_ < options_.urls.size() && !recruit.joinable())
                recruit = std::jthread([this, hands_left] { work(hands_left - 1); });
            if (!ping(options_.urls[mine], options_.timeout)) all_answered_ = false;
        }
    }
    bool all_answered() const { return all_answered_; }

  private:
    const PingOptions& options_;
    std::atomic<bool> all_answered_;
    std::atomic<std::size_t> next_ = 0;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    Crew crew(options);
    std::jthread([&crew, &options] { crew.work(options.workers - 1); }).join();
    return crew.all_answered() ? 0 : 1;
}
