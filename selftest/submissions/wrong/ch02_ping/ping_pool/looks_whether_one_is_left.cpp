// Wrong    Locks for each check and for each take, but not for both together. The last URL may be gone in between.
// Caught   is right in whatever order its threads are moved

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

class List {
  public:
    explicit List(const std::vector<std::string>& urls) : left_(urls.begin(), urls.end()) {}
    bool is_empty() {
        const std::scoped_lock lock(mutex_);
        return left_.empty();
    }
    std::string take() {
        const std::scoped_lock lock(mutex_);
        const std::string first = left_.at(0);
        left_.pop_front();
        return first;
    }

  private:
    std::mutex mutex_;
    std::deque<std::string> left_;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");

    std::atomic<bool> all_answered = options.complete;
    List list(options.urls);
    const auto work = [&options, &all_answered, &list] {
        while (!list.is_empty()) {
            if (!ping(list.take(), options.timeout)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        try {
            while (workers.size() < wanted) workers.emplace_back(work);
        } catch (const std::system_error& error) {
            print_error("only ", workers.size(), " of ", wanted, " workers could be started: ", error.what());
            if (workers.empty()) work();  // Then main is the only worker.
        }
        // Leaving this block joins every worker; all_answered is final only then.
    }
    return all_answered ? 0 : 1;
}
