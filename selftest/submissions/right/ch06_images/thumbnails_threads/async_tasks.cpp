// Right    One std::async call per connection. One lock guards the next picture and the arrivals.
//          main takes all arrivals at once.

#include <condition_variable>
#include <future>
#include <mutex>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

using Arrived = std::vector<std::pair<std::size_t, Downloaded>>;

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    std::mutex mutex;
    std::condition_variable news;
    Arrived arrived;  // guarded by mutex, as next is
    std::size_t next = 0;

    const auto download_some = [&] {
        std::unique_lock lock(mutex);
        while (next < album.size()) {
            const std::size_t i = next++;
            lock.unlock();
            Downloaded downloaded = download(album[i]);
            lock.lock();
            arrived.emplace_back(i, std::move(downloaded));
            news.notify_one();
        }
    };
    std::vector<std::future<void>> downloaders;
    for (int i = 0; i < options.connections; ++i) downloaders.push_back(std::async(std::launch::async, download_some));

    for (std::size_t done = 0; done < album.size();) {
        Arrived some;
        {
            std::unique_lock lock(mutex);
            news.wait(lock, [&] { return !arrived.empty(); });
            some.swap(arrived);
        }
        for (const auto& [i, downloaded] : some)
            report.add(album[i].name, make_thumbnail(album[i], downloaded, options));
        done += some.size();
    }
    for (std::future<void>& downloader : downloaders) downloader.get();
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
