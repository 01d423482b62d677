// Wrong    A line waits until all lines before it have been printed.
// Caught   prints each line as its answer arrives
// Also     a slow URL holds no other back

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

class InOrder {
  public:
    explicit InOrder(std::size_t size) : lines_(size) {}

    void put(std::size_t place, const std::string& line) {
        const std::scoped_lock lock(mutex_);
        lines_[place] = line;
        for (; printed_ < lines_.size() && !lines_[printed_].empty(); ++printed_) print_line(lines_[printed_]);
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
    std::size_t printed_ = 0;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    InOrder lines(options.urls.size());
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next, &lines] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            lines.put(mine, options.urls[mine] + ":" + answer.text);
            if (!answer.arrived) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
