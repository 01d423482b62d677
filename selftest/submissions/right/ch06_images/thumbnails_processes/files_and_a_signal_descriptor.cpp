// Right    Pictures travel as files in a temporary folder, and their numbers through one pipe per worker. All workers
//          answer through one pipe. A signalfd for SIGCHLD reports deaths.

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/write_all.hpp"

namespace fs = std::filesystem;

class Folder {
  public:
    Folder() : path_((fs::temp_directory_path() / "pictures-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr) throw NoAlbum("no room for a folder");
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(std::size_t number) const { return path_ + "/" + std::to_string(number); }

  private:
    std::string path_;
};

struct Pipe {
    Descriptor reader, writer;
    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw NoAlbum("no pipe");
        reader = Descriptor(ends[0]);
        writer = Descriptor(ends[1]);
    }
};

// Reads numbers, one per line, and answers each with a line that begins with its own process id.
void work(int orders, int answers, const Folder& folder, const std::vector<Listed>& album,
          const ThumbnailOptions& options) noexcept {
    std::string line;
    for (char byte; read(orders, &byte, 1) == 1;) {
        if (byte != '\n') {
            line += byte;
            continue;
        }
        const std::size_t number = std::stoul(std::exchange(line, ""));
        std::ifstream in(folder.file(number), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        const Result result = make_thumbnail(album[number], {true, bytes, ""}, options);
        write_all(answers, std::to_string(getpid()) + (result.ok ? " 1 " : " 0 ") + result.text + "\n");
    }
}

class Workers {
  public:
    Workers(const std::vector<Listed>& album, const ThumbnailOptions& options) : album_(album), report_(album.size()) {
        sigset_t child_ends;
        sigemptyset(&child_ends);
        sigaddset(&child_ends, SIGCHLD);
        sigprocmask(SIG_BLOCK, &child_ends, nullptr);
        deaths_ = Descriptor(signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK));
        for (int i = 0; i < options.workers; ++i) {
            Pipe orders;
            const pid_t process = fork();
            if (process == 0) {
                idle_.clear();  // and with them the other workers' pipes
                orders.writer.close();
                answers_.reader.close();
                work(orders.reader.number(), answers_.writer.number(), folder_, album, options);
                _exit(0);
            }
            if (process > 0) idle_[process] = std::move(orders.writer);
        }
        answers_.writer.close();
        fcntl(answers_.reader.number(), F_SETFL, O_NONBLOCK);
    }

    void add(std::size_t picture, const Downloaded& downloaded) {
        if (!downloaded.ok) return fail(picture, downloaded.why);
        while (idle_.empty() && !busy_.empty()) listen(-1);
        if (idle_.empty()) return fail(picture, "nobody is left to resize it");
        std::ofstream(folder_.file(picture), std::ios::binary) << downloaded.bytes;
        auto worker = idle_.extract(idle_.begin());
        write_all(worker.mapped().number(), std::to_string(picture) + "\n");
        busy_[worker.key()] = {picture, std::move(worker.mapped())};
    }

    // Reads all answers before it counts any worker as dead.
    void listen(int milliseconds) {
        pollfd ends[] = {{answers_.reader.number(), POLLIN, 0}, {deaths_.number(), POLLIN, 0}};
        poll(ends, 2, milliseconds);
        signalfd_siginfo news;
        while (read(deaths_.number(), &news, sizeof news) > 0) {
        }
        std::vector<pid_t> dead;
        for (pid_t process; (process = waitpid(-1, nullptr, WNOHANG)) > 0;) dead.push_back(process);
        read_answers();
        for (const pid_t process : dead) {
            idle_.erase(process);
            if (const auto busy = busy_.extract(process)) fail(busy.mapped().picture, "the process for it died");
        }
    }

    int finish() {
        while (!busy_.empty()) listen(-1);
        idle_.clear();  // the workers find their pipes closed
        while (wait(nullptr) > 0 || errno == EINTR) {
        }
        return report_.finish();
    }

  private:
    struct Busy {
        std::size_t picture;
        Descriptor orders;
    };

    void fail(std::size_t picture, const std::string& why) {
        report_.add(album_[picture].name, {false, "failed: " + why});
    }

    void read_answers() {
        char some[4096];
        for (ssize_t got; (got = read(answers_.reader.number(), some, sizeof some)) > 0;)
            answered_.append(some, static_cast<std::size_t>(got));
        for (std::size_t end; (end = answered_.find('\n')) != std::string::npos; answered_.erase(0, end + 1)) {
            std::istringstream words(answered_.substr(0, end));
            pid_t process = 0;
            bool ok = false;
            std::string text;
            words >> process >> ok;
            std::getline(words >> std::ws, text);
            auto worker = busy_.extract(process);
            report_.add(album_[worker.mapped().picture].name, {ok, text});
            std::error_code ignored;
            fs::remove(folder_.file(worker.mapped().picture), ignored);
            idle_[process] = std::move(worker.mapped().orders);
        }
    }

    const std::vector<Listed>& album_;
    ThumbnailReport report_;
    const Folder folder_;
    Pipe answers_;
    Descriptor deaths_;
    std::map<pid_t, Descriptor> idle_;  // with each worker's pipe
    std::map<pid_t, Busy> busy_;
    std::string answered_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    Workers workers(album, options);
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);
        workers.listen(0);
        workers.add(i, downloaded);
    }
    return workers.finish();
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
