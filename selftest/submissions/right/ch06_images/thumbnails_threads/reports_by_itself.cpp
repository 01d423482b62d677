// Right    Writes its own report with printf. A class downloads in the background, and its next() returns an arrival.

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/thumbnail.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
};

class Downloads {
  public:
    Downloads(const std::vector<Listed>& album, int connections) : album_(album) {
        for (int i = 0; i < connections; ++i) threads_.emplace_back(&Downloads::run, this);
    }
    ~Downloads() {
        for (std::thread& thread : threads_) thread.join();
    }
    Downloads(const Downloads&) = delete;
    Downloads& operator=(const Downloads&) = delete;

    std::optional<Arrival> next() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return !arrived_.empty() || taken_ == album_.size(); });
        if (arrived_.empty()) return std::nullopt;
        ++taken_;
        Arrival oldest = std::move(arrived_.front());
        arrived_.pop_front();
        return oldest;
    }

  private:
    std::optional<std::size_t> next_number() {
        const std::lock_guard guard(mutex_);
        if (begun_ == album_.size()) return std::nullopt;
        return begun_++;
    }
    void run() {
        while (const std::optional<std::size_t> number = next_number()) {
            Arrival arrival{*number, download(album_[*number])};
            const std::lock_guard guard(mutex_);
            arrived_.push_back(std::move(arrival));
            news_.notify_one();
        }
    }

    const std::vector<Listed>& album_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<Arrival> arrived_;
    std::size_t begun_ = 0, taken_ = 0;
    std::vector<std::thread> threads_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    const auto seconds = [begin] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
    const bool on_terminal = isatty(STDERR_FILENO) == 1;
    const std::vector<Listed> album = list_album(options);
    const std::size_t all = album.size();
    std::size_t well = 0, done = 0;
    Downloads downloads(album, options.connections);
    while (const std::optional<Arrival> arrival = downloads.next()) {
        const Listed& picture = album[arrival->picture];
        const Result result = make_thumbnail(picture, arrival->downloaded, options);
        ++done;
        if (result.ok) ++well;
        if (on_terminal) std::fprintf(stderr, "\r\033[K");
        std::printf("%s: %s\n", picture.name.c_str(), result.text.c_str());
        std::fflush(stdout);
        const double rate = static_cast<double>(done) / seconds();
        if (on_terminal && done < all)
            std::fprintf(stderr, "%zu of %zu, %.1f pictures a second, %.0f s left", done, all, rate,
                         static_cast<double>(all - done) / rate);
    }
    std::printf("%zu of %zu pictures, %.1f s\n", well, all, seconds());
    return well == all ? 0 : 1;
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads by threads, resizes in main");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        std::fprintf(stderr, "thumbnails_threads: %s\n", error.what());
        return 1;
    }
}
