// Right    The resizers are processes, forked before any thread starts. Each has a thread that takes from the queue,
//          sends the picture and waits for the result.

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
};

class ArrivalQueue {
  public:
    explicit ArrivalQueue(int most) : most_(static_cast<std::size_t>(most)) {}
    void put(Arrival arrival) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return arrivals_.size() < most_; });
        arrivals_.push_back(std::move(arrival));
        news_.notify_one();
    }
    std::optional<Arrival> take() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return closed_ || !arrivals_.empty(); });
        if (arrivals_.empty()) return std::nullopt;
        Arrival first = std::move(arrivals_.front());
        arrivals_.pop_front();
        room_.notify_one();
        return first;
    }
    void close() {
        const std::lock_guard guard(mutex_);
        closed_ = true;
        news_.notify_all();
    }

  private:
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable room_, news_;
    std::deque<Arrival> arrivals_;
    bool closed_ = false;
};

struct Resizer {
    pid_t process = -1;
    Descriptor socket;
};

// Reads a picture's name, then its bytes, and answers with the result.
[[noreturn]] void resize(int socket, const ThumbnailOptions& options) noexcept {
    while (const std::optional<std::string> name = read_frame(socket)) {
        const std::optional<std::string> bytes = read_frame(socket);
        if (!bytes) break;
        write_frame(socket, make_thumbnail({*name, "", ""}, {true, *bytes, ""}, options).text);
    }
    _exit(0);
}

std::vector<Resizer> start_resizers(const ThumbnailOptions& options) {
    std::vector<Resizer> resizers;
    for (int i = 0; i < options.workers; ++i) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) throw NoAlbum("no socket for a worker");
        Descriptor ours(ends[0]), its(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            resizers.clear();
            ours.close();
            resize(its.number(), options);
        }
        resizers.push_back({process, process < 0 ? Descriptor() : std::move(ours)});
    }
    return resizers;
}

std::optional<std::string> ask(const Resizer& resizer, const Listed& picture, const std::string& bytes) {
    const int socket = resizer.socket.number();
    if (!write_frame(socket, picture.name) || !write_frame(socket, bytes)) return std::nullopt;
    return read_frame(socket);
}

class Pipeline {
  public:
    explicit Pipeline(const ThumbnailOptions& options)
        : album_(list_album(options)),
          resizers_(start_resizers(options)),
          report_(album_.size()),
          arrivals_(options.queue),
          connections_(options.connections),
          at_work_(resizers_.size()) {}
    ~Pipeline() {
        for (Resizer& resizer : resizers_) {
            resizer.socket.close();
            if (resizer.process > 0) waitpid(resizer.process, nullptr, 0);
        }
    }

    int run() {
        std::vector<std::thread> downloaders, attendants;
        for (const Resizer& resizer : resizers_) attendants.emplace_back([&] { attend(resizer); });
        for (int i = 0; i < connections_; ++i) downloaders.emplace_back([&] { download_some(); });
        for (std::thread& downloader : downloaders) downloader.join();
        arrivals_.close();
        for (std::thread& attendant : attendants) attendant.join();
        return report_.finish();
    }

  private:
    void download_some() {
        for (std::size_t i; (i = next_++) < album_.size();) {
            Downloaded downloaded = download(album_[i]);
            if (downloaded.ok) arrivals_.put({i, std::move(downloaded)});
            else tell(i, "failed: " + downloaded.why);
        }
    }
    // If its resizer dies, other attendants take the pictures; the last attendant reports the rest as failed.
    void attend(const Resizer& resizer) {
        bool is_alive = true;
        while (is_alive) {
            const std::optional<Arrival> arrival = arrivals_.take();
            if (!arrival) return;
            const auto text = ask(resizer, album_[arrival->picture], arrival->downloaded.bytes);
            is_alive = text.has_value();
            tell(arrival->picture, is_alive ? *text : "failed: the process that resized it died");
        }
        if (--at_work_ > 0) return;
        while (const std::optional<Arrival> arrival = arrivals_.take())
            tell(arrival->picture, "failed: no process is left to resize it");
    }
    void tell(std::size_t picture, const std::string& text) {
        const std::lock_guard guard(reporting_);
        report_.add(album_[picture].name, {text.rfind("failed: ", 0) != 0, text});
    }

    const std::vector<Listed> album_;
    std::vector<Resizer> resizers_;  // started before any thread
    std::mutex reporting_;
    ThumbnailReport report_;
    ArrivalQueue arrivals_;
    const int connections_;
    std::atomic<std::size_t> next_ = 0, at_work_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);  // a resizer may die at any time
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
