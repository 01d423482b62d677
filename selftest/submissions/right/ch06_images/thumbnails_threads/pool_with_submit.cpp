// Right    A thread pool runs one job per picture; each job sends its picture to main through a channel.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

template <class Item>
class Channel {
  public:
    void send(Item item) {
        const std::lock_guard guard(mutex_);
        items_.push(std::move(item));
        changed_.notify_one();
    }
    Item receive() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !items_.empty(); });
        Item item = std::move(items_.front());
        items_.pop();
        return item;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<Item> items_;
};

class ThreadPool {
  public:
    explicit ThreadPool(int threads) {
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }
    // Does all submitted jobs first: one empty job per thread follows them.
    ~ThreadPool() {
        for (std::size_t i = 0; i < threads_.size(); ++i) jobs_.send({});
        for (std::thread& thread : threads_) thread.join();
    }
    void submit(std::function<void()> job) { jobs_.send(std::move(job)); }

  private:
    void work() {
        while (const std::function<void()> job = jobs_.receive()) job();
    }

    Channel<std::function<void()>> jobs_;
    std::vector<std::thread> threads_;
};

struct Arrival {
    const Listed* picture;
    Downloaded downloaded;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Channel<Arrival> arrivals;
    ThreadPool pool(options.connections);
    for (const Listed& picture : album)
        pool.submit([&arrivals, &picture] { arrivals.send({&picture, download(picture)}); });
    for (std::size_t i = 0; i < album.size(); ++i) {
        const auto [picture, downloaded] = arrivals.receive();
        report.add(picture->name, make_thumbnail(*picture, downloaded, options));
    }
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads by threads, resizes in main");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_threads: ", error.what());
        return 1;
    }
}
