// Right    An object per URL owns its thread. condition_variable_any with a recursive mutex; main swaps the list.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

class Fetcher {
  public:
    struct Inbox {
        std::recursive_mutex mutex;
        std::condition_variable_any more;
        std::deque<const Fetcher*> finished;
    };

    Fetcher(std::size_t number, std::string url, Inbox& inbox)
        : number_(number), url_(std::move(url)), inbox_(inbox), thread_(&Fetcher::run, this) {}
    ~Fetcher() { thread_.join(); }

    bool print() const {
        print_line("worker ", number_, ": ", result_.text);
        return result_.ok;
    }

  private:
    void run() {
        result_ = result_of(fetch(url_));
        std::unique_lock lock(inbox_.mutex);
        inbox_.finished.push_back(this);
        inbox_.more.notify_all();
    }

    std::size_t number_;
    std::string url_;
    Inbox& inbox_;
    Result result_;
    std::thread thread_;  // last: it uses all of the above
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    Fetcher::Inbox inbox;
    std::vector<std::unique_ptr<Fetcher>> fetchers;
    for (const std::string& url : options.urls)
        fetchers.push_back(std::make_unique<Fetcher>(fetchers.size() + 1, url, inbox));

    bool all_well = true;
    std::size_t printed = 0;
    while (printed != fetchers.size()) {
        std::deque<const Fetcher*> finished;
        {
            std::unique_lock lock(inbox.mutex);
            inbox.more.wait(lock, [&inbox] { return !inbox.finished.empty(); });
            finished.swap(inbox.finished);
        }
        for (const Fetcher* fetcher : finished) all_well = fetcher->print() && all_well;
        printed += finished.size();
    }
    return all_well ? 0 : 1;
}
