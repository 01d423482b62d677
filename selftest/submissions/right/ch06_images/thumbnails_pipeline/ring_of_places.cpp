// Right    A ring of --queue places, and one condition variable for every change. main joins the
//          downloaders, then closes the ring.

#include <condition_variable>
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

class Ring {
  public:
    explicit Ring(int places) : places_(static_cast<std::size_t>(places)) {}

    void put(Arrival arrival) {
        std::unique_lock lock(mutex_);
        while (size_ == places_.size()) changed_.wait(lock);
        places_[(first_ + size_++) % places_.size()] = std::move(arrival);
        changed_.notify_all();
    }
    bool take(Arrival& arrival) {
        std::unique_lock lock(mutex_);
        while (size_ == 0 && !closed_) changed_.wait(lock);
        if (size_ == 0) return false;
        arrival = std::move(places_[first_]);
        first_ = (first_ + 1) % places_.size();
        --size_;
        changed_.notify_all();
        return true;
    }
    void close() {
        const std::lock_guard guard(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Arrival> places_;
    std::size_t first_ = 0, size_ = 0;
    bool closed_ = false;
};

class Pipeline {
  public:
    explicit Pipeline(const ThumbnailOptions& options)
        : options_(options), album_(list_album(options)), report_(album_.size()), ring_(options.queue) {}

    int run() {
        {
            std::vector<std::jthread> downloaders;
            for (int i = 0; i < options_.workers; ++i) resizers_.emplace_back(&Pipeline::resize, this);
            for (int i = 0; i < options_.connections; ++i) downloaders.emplace_back(&Pipeline::download_some, this);
        }
        ring_.close();
        resizers_.clear();
        return report_.finish();
    }

  private:
    bool take_number(std::size_t& number) {
        const std::lock_guard guard(mutex_);
        number = next_;
        if (next_ < album_.size()) ++next_;
        return number < album_.size();
    }
    void download_some() {
        for (std::size_t i = 0; take_number(i);) ring_.put({i, download(album_[i])});
    }
    void resize() {
        for (Arrival arrival; ring_.take(arrival);) {
            const Listed& picture = album_[arrival.picture];
            const Result result = make_thumbnail(picture, arrival.downloaded, options_);
            const std::lock_guard guard(mutex_);
            report_.add(picture.name, result);
        }
    }

    const ThumbnailOptions& options_;
    const std::vector<Listed> album_;
    std::mutex mutex_;  // guards next_ and report_
    std::size_t next_ = 0;
    ThumbnailReport report_;
    Ring ring_;
    std::vector<std::jthread> resizers_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    return Pipeline(options).run();
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
