// Wrong    Waits for one picture fewer than there are.
// Caught   every picture becomes its thumbnail
// Also     a thumbnail is there whole or not at all
// Also     keeps --connections downloads in flight, neither more nor fewer
// Also     resizes what has come while others are on their way
// Also     pauses as long as the host asks, while others go on
// Also     tries again where that helps, three times at most
// Also     tells each failure alone, and exits 1
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
};

// What has been downloaded and not been resized yet.
class Arrivals {
  public:
    void put(Arrival arrival) {
        {
            const std::scoped_lock lock(mutex_);
            arrived_.push_back(std::move(arrival));
        }
        news_.notify_one();  // main alone waits for it
    }

    // Sleeps until there is an arrival.
    Arrival take() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return !arrived_.empty(); });
        Arrival first = std::move(arrived_.front());
        arrived_.pop_front();
        return first;
    }

  private:
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<Arrival> arrived_;  // guarded by mutex_
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    Arrivals arrivals;                  // before the threads, which use it to their end
    std::atomic<std::size_t> next = 0;  // the first picture that no thread has taken
    const auto download_some = [&] {
        for (std::size_t i; (i = next++) < album.size();) arrivals.put({i, download(album[i])});
    };
    std::vector<std::jthread> downloaders;
    const std::size_t most = std::min(album.size(), static_cast<std::size_t>(options.connections));
    for (std::size_t i = 0; i < most; ++i) downloaders.emplace_back(download_some);

    for (std::size_t left = album.size(); left > 1; --left) {
        const Arrival arrival = arrivals.take();
        const Listed& picture = album[arrival.picture];
        report.add(picture.name, make_thumbnail(picture, arrival.downloaded, options));
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
