// Right    posix_spawn starts this program again for each worker, with a hidden first argument. Pictures come in on
//          stdin, results go out on stdout.

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

const std::string hidden = "--resize-for-parent";

// The new program does not know the album: it reads each picture's name, then its bytes.
int be_a_worker(const std::string& width, const std::string& out) {
    ThumbnailOptions options;
    options.width = std::stoi(width);
    options.out = out;
    while (const std::optional<std::string> name = read_frame(STDIN_FILENO)) {
        const std::optional<std::string> bytes = read_frame(STDIN_FILENO);
        if (!bytes) return 1;
        if (!write_frame(STDOUT_FILENO, make_thumbnail({*name, "", ""}, {true, *bytes, ""}, options).text)) return 1;
    }
    return 0;
}

class Worker {
  public:
    explicit Worker(const ThumbnailOptions& options) {
        int to[2], from[2];
        if (pipe2(to, O_CLOEXEC) != 0) return;
        const Descriptor its_in(to[0]);
        in_ = Descriptor(to[1]);
        if (pipe2(from, O_CLOEXEC) != 0) return;
        const Descriptor its_out(from[1]);
        out_ = Descriptor(from[0]);

        posix_spawn_file_actions_t moves;
        posix_spawn_file_actions_init(&moves);
        posix_spawn_file_actions_adddup2(&moves, its_in.number(), STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&moves, its_out.number(), STDOUT_FILENO);
        std::string words[] = {"thumbnails_processes", hidden, std::to_string(options.width), options.out};
        char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
        is_there_ = posix_spawn(&process_, "/proc/self/exe", &moves, nullptr, arguments, environ) == 0;
        posix_spawn_file_actions_destroy(&moves);
    }
    ~Worker() {
        in_.close();
        if (process_ > 0) waitpid(process_, nullptr, 0);
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    bool is_free() const { return is_there_ && !picture_; }
    bool is_busy() const { return picture_ != nullptr; }
    int out() const { return out_.number(); }

    void give(const Listed& picture, const std::string& bytes) {
        picture_ = &picture;
        if (write_frame(in_.number(), picture.name)) write_frame(in_.number(), bytes);
    }
    void report_result(ThumbnailReport& report) {
        const std::optional<std::string> text = read_frame(out());
        if (text) {
            report.add(picture_->name, {text->compare(0, 7, "failed:") != 0, *text});
        } else {
            is_there_ = false;
            report.add(picture_->name, {false, "failed: the worker for it ended too early"});
        }
        picture_ = nullptr;
    }

  private:
    pid_t process_ = -1;
    bool is_there_ = false;
    Descriptor in_, out_;
    const Listed* picture_ = nullptr;
};

using Workers = std::vector<std::unique_ptr<Worker>>;

// False if no worker is busy.
bool report_results(const Workers& workers, ThumbnailReport& report, int milliseconds) {
    std::vector<pollfd> ends;
    std::vector<Worker*> busy;
    for (const std::unique_ptr<Worker>& worker : workers) {
        if (!worker->is_busy()) continue;
        busy.push_back(worker.get());
        ends.push_back({worker->out(), POLLIN, 0});
    }
    if (busy.empty()) return false;
    poll(ends.data(), ends.size(), milliseconds);
    for (std::size_t i = 0; i < busy.size(); ++i)
        if (ends[i].revents != 0) busy[i]->report_result(report);
    return true;
}

Worker* free_one(const Workers& workers, ThumbnailReport& report) {
    do {
        for (const std::unique_ptr<Worker>& worker : workers)
            if (worker->is_free()) return worker.get();
    } while (report_results(workers, report, -1));
    return nullptr;
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Workers workers;
    for (int i = 0; i < options.workers; ++i) workers.push_back(std::make_unique<Worker>(options));

    for (const Listed& picture : album) {
        const Downloaded downloaded = download(picture);
        report_results(workers, report, 0);
        if (!downloaded.ok) {
            report.add(picture.name, {false, "failed: " + downloaded.why});
        } else if (Worker* const worker = free_one(workers, report)) {
            worker->give(picture, downloaded.bytes);
        } else {
            report.add(picture.name, {false, "failed: no worker is alive"});
        }
    }
    while (report_results(workers, report, -1)) {
    }
    return report.finish();
}

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a worker may die at any time
    if (argc == 4 && argv[1] == hidden) return be_a_worker(argv[2], argv[3]);
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads in main, resizes by processes");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_processes: ", error.what());
        return 1;
    }
}
