// Right    One pool of threads for both stages; resizing comes first. A download starts only if its picture will have
//          room, in the queue or with one of the --connections.

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

class Works {
  public:
    explicit Works(const ThumbnailOptions& options)
        : options_(options),
          album_(list_album(options)),
          report_(album_.size()),
          connections_(static_cast<std::size_t>(options.connections)),
          workers_(static_cast<std::size_t>(options.workers)),
          most_(static_cast<std::size_t>(options.queue) + connections_) {}

    int run() {
        {
            std::vector<std::jthread> pool;
            while (pool.size() < connections_ + workers_) pool.emplace_back([this] { work(); });
        }
        return report_.finish();
    }

  private:
    enum class Due { download, resize, nothing };

    void work() {
        std::unique_lock lock(mutex_);
        while (done_ < album_.size()) {
            switch (due()) {
                case Due::download: download_one(lock); break;
                case Due::resize: resize_one(lock); break;
                case Due::nothing: changed_.wait(lock); continue;
            }
            changed_.notify_all();
        }
    }
    Due due() const {
        if (!arrivals_.empty() && resizing_ < workers_) return Due::resize;
        const bool any = next_ < album_.size(), room = arrivals_.size() + downloading_ < most_;
        return any && room && downloading_ < connections_ ? Due::download : Due::nothing;
    }
    void download_one(std::unique_lock<std::mutex>& lock) {
        const std::size_t i = next_++;
        ++downloading_;
        lock.unlock();
        Downloaded downloaded = download(album_[i]);
        lock.lock();
        --downloading_;
        arrivals_.push_back({i, std::move(downloaded)});
    }
    void resize_one(std::unique_lock<std::mutex>& lock) {
        const Arrival arrival = std::move(arrivals_.front());
        arrivals_.pop_front();
        ++resizing_;
        const Listed& picture = album_[arrival.picture];
        changed_.notify_all();  // there is room
        lock.unlock();
        const Result result = make_thumbnail(picture, arrival.downloaded, options_);
        lock.lock();
        --resizing_;
        ++done_;
        report_.add(picture.name, result);
    }

    const ThumbnailOptions& options_;
    const std::vector<Listed> album_;
    ThumbnailReport report_;
    const std::size_t connections_, workers_, most_;
    std::mutex mutex_;  // guards the report and all that follows
    std::condition_variable changed_;
    std::deque<Arrival> arrivals_;
    std::size_t next_ = 0, downloading_ = 0, resizing_ = 0, done_ = 0;
};

int make_thumbnails(const ThumbnailOptions& options) {
    return Works(options).run();
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
