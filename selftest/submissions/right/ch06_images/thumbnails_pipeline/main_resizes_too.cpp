// Right    main is one of the --workers that resize. The last downloader requests a stop, which wakes the waiting
//          resizers; the jthreads' destructors join.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    const Listed* picture;
    Downloaded downloaded;
};

class Shelf {
  public:
    Shelf(int places, int downloaders) : places_(static_cast<std::size_t>(places)), downloaders_(downloaders) {}

    void put(Arrival arrival) {
        std::unique_lock lock(mutex_);
        taken_.wait(lock, [this] { return arrivals_.size() < places_; });
        arrivals_.push_back(std::move(arrival));
        filled_.notify_one();
    }
    // Called by a downloader that puts nothing more.
    void leave() {
        if (--downloaders_ == 0) all_.request_stop();
    }
    std::optional<Arrival> take() {
        std::unique_lock lock(mutex_);
        if (!filled_.wait(lock, all_.get_token(), [this] { return !arrivals_.empty(); })) return std::nullopt;
        Arrival first = std::move(arrivals_.front());
        arrivals_.pop_front();
        taken_.notify_one();
        return first;
    }

  private:
    const std::size_t places_;
    std::mutex mutex_;
    std::condition_variable taken_;
    std::condition_variable_any filled_;
    std::deque<Arrival> arrivals_;
    std::atomic<int> downloaders_;
    std::stop_source all_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    std::mutex reporting;
    Shelf shelf(options.queue, options.connections);
    std::atomic<std::size_t> next = 0;
    const auto download_some = [&] {
        for (std::size_t i; (i = next++) < album.size();) shelf.put({&album[i], download(album[i])});
        shelf.leave();
    };
    const auto resize_some = [&] {
        while (const std::optional<Arrival> arrival = shelf.take()) {
            const Result result = make_thumbnail(*arrival->picture, arrival->downloaded, options);
            const std::lock_guard guard(reporting);
            report.add(arrival->picture->name, result);
        }
    };
    {
        std::vector<std::jthread> others;
        for (int i = 0; i < options.connections; ++i) others.emplace_back(download_some);
        for (int i = 1; i < options.workers; ++i) others.emplace_back(resize_some);
        resize_some();
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
