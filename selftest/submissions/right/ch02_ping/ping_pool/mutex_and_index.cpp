// Right    A mutex guards the index of the next URL and the flag that says whether all have answered.

#include <algorithm>
#include <mutex>
#include <optional>
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

class List {
  public:
    explicit List(const std::vector<std::string>& urls) : urls_(urls) {}

    const std::string* take() {
        const std::scoped_lock lock(mutex_);
        return next_ < urls_.size() ? &urls_[next_++] : nullptr;
    }
    void note_failure() {
        const std::scoped_lock lock(mutex_);
        all_answered_ = false;
    }
    bool all_answered() {
        const std::scoped_lock lock(mutex_);
        return all_answered_;
    }

  private:
    const std::vector<std::string>& urls_;
    std::mutex mutex_;
    std::size_t next_ = 0;
    bool all_answered_ = true;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    List list(options.urls);
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) {
            workers.emplace_back([&list, &options] {
                while (const std::string* url = list.take()) {
                    if (!ping(*url, options.timeout)) list.note_failure();
                }
            });
        }
    }
    return options.complete && list.all_answered() ? 0 : 1;
}
