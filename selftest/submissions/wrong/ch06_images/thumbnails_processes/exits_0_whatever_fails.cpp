// Wrong    Exits with 0, whatever has failed.
// Caught   tells each failure alone, and exits 1
// Says     the program exits with 0
// Also     tries again where that helps, three times at most
// Also     a worker that is killed costs its own picture alone

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor socket;                   // closed: the worker has not been started, or has died
    std::optional<std::size_t> picture;  // the one that it is busy with
};

// All that a worker does: one picture after another, until main closes its end.
[[noreturn]] void work(int socket, const std::vector<Listed>& album, const ThumbnailOptions& options) noexcept {
    while (const std::optional<std::string> order = read_frame(socket)) {  // "17\n", and the picture's bytes
        std::size_t picture = 0;
        const std::size_t line = order->find('\n');
        std::from_chars(order->data(), order->data() + line, picture);
        const Downloaded downloaded{true, order->substr(line + 1), ""};
        write_frame(socket, make_thumbnail(album[picture], downloaded, options).text);
    }
    _exit(0);
}

class Workers {
  public:
    Workers(const std::vector<Listed>& album, const ThumbnailOptions& options, ThumbnailReport& report)
        : album_(album), report_(report) {
        for (int i = 0; i < options.workers; ++i) start(options);
    }
    // A worker that finds its socket closed ends.
    ~Workers() {
        for (Worker& worker : workers_) {
            worker.socket.close();
            while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
    }

    // Waits until one of them is free.
    void give(std::size_t picture, const std::string& bytes) {
        const auto is_free = [](const Worker& worker) { return worker.socket.is_open() && !worker.picture; };
        auto worker = std::find_if(workers_.begin(), workers_.end(), is_free);
        while (worker == workers_.end() && any_busy()) {
            collect(-1);
            worker = std::find_if(workers_.begin(), workers_.end(), is_free);
        }
        if (worker == workers_.end()) return lose(picture, "there is no worker left");
        worker->picture = picture;
        write_frame(worker->socket.number(), std::to_string(picture) + "\n" + bytes);  // collect notices a dead one
    }

    // Reports the results that have come. Waits `milliseconds` for one; with -1, until there is one.
    void collect(int milliseconds) {
        std::vector<pollfd> ends;
        for (const Worker& worker : workers_) ends.push_back({worker.picture ? worker.socket.number() : -1, POLLIN, 0});
        if (poll(ends.data(), ends.size(), milliseconds) <= 0) return;
        for (std::size_t i = 0; i < workers_.size(); ++i)
            if (ends[i].revents != 0) take_result(workers_[i]);
    }
    bool any_busy() const {
        return std::any_of(workers_.begin(), workers_.end(), [](const Worker& one) { return one.picture.has_value(); });
    }

  private:
    void start(const ThumbnailOptions& options) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
        Descriptor ours(ends[0]), its(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers_.clear();  // Their sockets are not this worker's business.
            ours.close();
            work(its.number(), album_, options);
        }
        if (process > 0) workers_.push_back({process, std::move(ours), {}});
    }
    void take_result(Worker& worker) {
        const std::size_t picture = *worker.picture;
        const std::optional<std::string> text = read_frame(worker.socket.number());
        worker.picture.reset();
        if (text) return report_.add(album_[picture].name, {text->rfind("failed: ", 0) != 0, *text});
        worker.socket.close();
        lose(picture, "its worker died");
    }
    void lose(std::size_t picture, const std::string& why) {
        report_.add(album_[picture].name, {false, "failed: " + why});
    }

    const std::vector<Listed>& album_;
    ThumbnailReport& report_;
    std::vector<Worker> workers_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Workers workers(album, options, report);
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);
        if (downloaded.ok) workers.give(i, downloaded.bytes);
        else report.add(album[i].name, make_thumbnail(album[i], downloaded, options));
        workers.collect(0);
    }
    while (workers.any_busy()) workers.collect(-1);
    report.finish();
    return 0;
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads in main, resizes by processes");
    std::signal(SIGPIPE, SIG_IGN);  // a worker may die at any time
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_processes: ", error.what());
        return 1;
    }
}
