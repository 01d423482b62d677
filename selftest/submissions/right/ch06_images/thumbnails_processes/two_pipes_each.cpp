// Right    Two pipes per worker, one each way. If no worker is free, main keeps the picture and goes on downloading. It
//          checks for results after each download, and sleeps in poll when nothing else is left to do.

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Pipe {
    Descriptor reader, writer;
    Pipe() {
        int ends[2];
        if (pipe(ends) != 0) return;
        reader = Descriptor(ends[0]);
        writer = Descriptor(ends[1]);
    }
};

struct Worker {
    pid_t process;
    Descriptor orders, results;
    std::optional<std::size_t> picture;
};

struct Waiting {
    std::size_t picture;
    std::string bytes;
};

class Resizers {
  public:
    Resizers(const std::vector<Listed>& album, const ThumbnailOptions& options, ThumbnailReport& report)
        : album_(album), report_(report) {
        for (int i = 0; i < options.workers; ++i) start(options);
    }
    ~Resizers() {
        for (Worker& worker : workers_) dismiss(worker);
    }

    void resize(std::size_t picture, std::string bytes) {
        waiting_.push_back({picture, std::move(bytes)});
        hand_out();
    }

    // Reports results. If it may sleep, it sleeps until there is one.
    void collect(bool may_sleep) {
        std::vector<pollfd> ends;
        for (const Worker& worker : workers_) ends.push_back({worker.results.number(), POLLIN, 0});
        if (poll(ends.data(), ends.size(), may_sleep ? -1 : 0) <= 0) return;
        for (std::size_t i = workers_.size(); i-- > 0;) {
            if (ends[i].revents == 0) continue;
            if (hear(workers_[i])) continue;
            dismiss(workers_[i]);
            workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        hand_out();
    }

    bool is_done() const {
        for (const Worker& worker : workers_)
            if (worker.picture) return false;
        return waiting_.empty();
    }

  private:
    void start(const ThumbnailOptions& options) {
        Pipe orders, results;
        if (!orders.writer.is_open() || !results.writer.is_open()) return;
        const pid_t process = fork();
        if (process < 0) return;
        if (process == 0) {
            workers_.clear();
            orders.writer.close();
            results.reader.close();
            work(orders.reader.number(), results.writer.number(), options);
        }
        workers_.push_back({process, std::move(orders.writer), std::move(results.reader), {}});
    }

    [[noreturn]] void work(int orders, int results, const ThumbnailOptions& options) noexcept {
        while (std::optional<std::string> number = read_frame(orders)) {
            std::optional<std::string> bytes = read_frame(orders);
            if (!bytes) break;
            const Listed& picture = album_[std::stoul(*number)];
            const Result result = make_thumbnail(picture, {true, std::move(*bytes), ""}, options);
            write_frame(results, (result.ok ? "+" : "-") + result.text);
        }
        _exit(0);
    }

    static void dismiss(Worker& worker) {
        worker.orders.close();
        while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    // False if the worker has died.
    bool hear(Worker& worker) {
        const std::optional<std::string> result = read_frame(worker.results.number());
        if (result) report_.add(album_[*worker.picture].name, {result->front() == '+', result->substr(1)});
        else if (worker.picture) report_.add(album_[*worker.picture].name, {false, "failed: its worker died"});
        worker.picture.reset();
        return result.has_value();
    }

    void hand_out() {
        for (Worker& worker : workers_) {
            if (waiting_.empty()) return;
            if (worker.picture) continue;
            worker.picture = waiting_.front().picture;
            if (write_frame(worker.orders.number(), std::to_string(*worker.picture)))
                write_frame(worker.orders.number(), waiting_.front().bytes);  // collect notices a dead one
            waiting_.pop_front();
        }
        if (!workers_.empty()) return;
        for (const Waiting& one : waiting_) report_.add(album_[one.picture].name, {false, "failed: no worker is left"});
        waiting_.clear();
    }

    const std::vector<Listed>& album_;
    ThumbnailReport& report_;
    std::vector<Worker> workers_;
    std::deque<Waiting> waiting_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Resizers resizers(album, options, report);
    for (std::size_t i = 0; i < album.size(); ++i) {
        Downloaded downloaded = download(album[i]);
        if (downloaded.ok) resizers.resize(i, std::move(downloaded.bytes));
        else report.add(album[i].name, {false, "failed: " + downloaded.why});
        resizers.collect(false);
    }
    while (!resizers.is_done()) resizers.collect(true);
    return report.finish();
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
