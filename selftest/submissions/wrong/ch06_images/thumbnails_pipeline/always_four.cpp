// Wrong    Uses four places, whatever --queue says.
// Caught   downloads no more while no resizer moves
// Also     is right in whatever order its threads are moved

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

// Items that one stage has finished and the next one has not begun. Once a closed queue is empty, it stays empty.
template <class Item>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t most) : most_(most) {}

    // Sleeps until there is room.
    void put(Item item) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return items_.size() < most_; });
        items_.push_back(std::move(item));
        news_.notify_one();
    }

    // Sleeps until there is an item. None if there will be no more.
    std::optional<Item> take() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return closed_ || !items_.empty(); });
        if (items_.empty()) return std::nullopt;
        Item first = std::move(items_.front());
        items_.pop_front();
        room_.notify_one();
        return first;
    }

    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        news_.notify_all();
    }

  private:
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable room_, news_;
    std::deque<Item> items_;  // guarded by mutex_, as closed_ is
    bool closed_ = false;
};

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
};
struct Done {
    std::size_t picture;
    Result result;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    BoundedQueue<Arrival> arrivals(4);
    BoundedQueue<Done> done(SIZE_MAX);  // no bound: results are small, and main is quick
    const auto resize_some = [&] {
        while (const std::optional<Arrival> arrival = arrivals.take())
            done.put({arrival->picture, make_thumbnail(album[arrival->picture], arrival->downloaded, options)});
    };
    std::atomic<std::size_t> next = 0;  // the first picture that no thread has taken
    std::atomic<int> downloading = 1;   // main counts as one until all of them have been started
    const auto leave = [&] {
        if (--downloading == 0) arrivals.close();  // the last one to leave turns off the light
    };
    const auto download_some = [&] {
        for (std::size_t i; (i = next++) < album.size();) arrivals.put({i, download(album[i])});
        leave();
    };
    std::vector<std::jthread> stages;  // declared after everything that they use
    for (int i = 0; i < options.workers; ++i) stages.emplace_back(resize_some);
    for (std::size_t i = 0; i < std::min(album.size(), static_cast<std::size_t>(options.connections)); ++i) {
        ++downloading;
        stages.emplace_back(download_some);
    }
    leave();

    for (std::size_t left = album.size(); left > 0; --left) {
        const Done one = *done.take();
        report.add(album[one.picture].name, one.result);
    }
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options =
        parse_thumbnail_options(argc, argv, "downloads and resizes at once, with a queue between", Queue::bounded);
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_pipeline: ", error.what());
        return 1;
    }
}
