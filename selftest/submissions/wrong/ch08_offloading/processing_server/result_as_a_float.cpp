// Wrong    Handles requests itself, and stores the result in a float, which loses digits.
// Caught   answers every one of many requests, to the last digit
// Says     ; it should be
// Also     a request that finds all workers busy is answered later
// Also     tells bad requests what is wrong, and serves on
// Also     refuses a body over 8 MiB
// Also     serves only who has the token, where one is set
// Also     a client that hangs up disturbs nobody
// Also     ends at SIGTERM, in the middle of work too
// Also     has no data race
// Also     has no memory error
// Also     does not busy-wait

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/http_service.hpp"
#include "support/processing.hpp"
#include "support/processing_json.hpp"
#include "support/processing_service.hpp"

class Pool {
  public:
    explicit Pool(int size) {
        for (int i = 0; i < size; ++i) workers_.emplace_back([this] { work(); });
    }
    ~Pool() {
        {
            const std::scoped_lock lock(mutex_);
            ends_ = true;
        }
        changed_.notify_all();
        for (std::thread& worker : workers_) worker.join();
    }
    void submit(Task task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
    }

  private:
    void work() {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
                if (ends_) return;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;  // guarded by mutex_
    bool ends_ = false;       // guarded by mutex_
    std::vector<std::thread> workers_;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool(options.workers);
    return run_service(options.service, [&pool](const Request& request, const Answer& answer) {
        pool.submit([request, answer] {
            const Picture picture = picture_in(request.body);
            const float result =
                static_cast<float>(request.path == "/process1" ? process1(picture) : process2(picture));
            answer({200, reply_of(result)});
        });
    });
}
