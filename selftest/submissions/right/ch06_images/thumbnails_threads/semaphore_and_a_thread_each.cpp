// Right    One thread starts another one per picture, when a counting semaphore has a permit; each thread
//          returns its permit. main resizes.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

class Arrivals {
  public:
    void put(const Listed& picture, Downloaded downloaded) {
        {
            const std::lock_guard guard(mutex_);
            arrived_.emplace_back(&picture, std::move(downloaded));
        }
        news_.notify_one();
    }
    std::pair<const Listed*, Downloaded> take() {
        std::unique_lock lock(mutex_);
        while (arrived_.empty()) news_.wait(lock);
        auto first = std::move(arrived_.front());
        arrived_.pop_front();
        return first;
    }

  private:
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<std::pair<const Listed*, Downloaded>> arrived_;
};

void download_all(const std::vector<Listed>& album, int connections, Arrivals& arrivals) {
    std::counting_semaphore<> permits(connections);
    std::vector<std::jthread> downloads;  // joined before the permits are destroyed
    for (const Listed& picture : album) {
        permits.acquire();
        downloads.emplace_back([&] {
            Downloaded downloaded = download(picture);
            permits.release();
            arrivals.put(picture, std::move(downloaded));
        });
    }
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Arrivals arrivals;
    const std::jthread starter([&] { download_all(album, options.connections, arrivals); });
    for (std::size_t i = 0; i < album.size(); ++i) {
        const auto [picture, downloaded] = arrivals.take();
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
