// Right    main and each worker share the picture in a memfd. Its number, its size and the result go through a socket.

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
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
#include "support/write_all.hpp"

// A file's contents, mapped for as long as the object lives.
class Mapping {
  public:
    Mapping(int file, std::size_t size) : size_(size) {
        if (size > 0) bytes_ = mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    }
    ~Mapping() {
        if (bytes_ != MAP_FAILED) munmap(bytes_, size_);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    std::string text() const {
        return bytes_ == MAP_FAILED ? "" : std::string(static_cast<const char*>(bytes_), size_);
    }

  private:
    const std::size_t size_;
    void* bytes_ = MAP_FAILED;
};

struct Order {
    std::size_t picture, size;
};

struct Worker {
    pid_t process = -1;
    Descriptor socket, memory;
    std::optional<std::size_t> picture = std::nullopt;
};

[[noreturn]] void work(int socket, int memory, const std::vector<Listed>& album,
                       const ThumbnailOptions& options) noexcept {
    for (Order order; recv(socket, &order, sizeof order, MSG_WAITALL) == sizeof order;) {
        const Downloaded downloaded{true, Mapping(memory, order.size).text(), ""};
        write_frame(socket, make_thumbnail(album[order.picture], downloaded, options).text);
    }
    _exit(0);
}

std::vector<Worker> start_workers(const std::vector<Listed>& album, const ThumbnailOptions& options) {
    std::vector<Worker> workers;
    for (int i = 0; i < options.workers; ++i) {
        Descriptor memory(memfd_create("picture", 0));
        int ends[2];
        if (!memory.is_open() || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) continue;
        Descriptor ours(ends[0]), its(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            workers.clear();
            ours.close();
            work(its.number(), memory.number(), album, options);
        }
        if (process > 0) workers.push_back({process, std::move(ours), std::move(memory)});
    }
    return workers;
}

// Only for an idle worker: it does not read the memory.
bool place(const Worker& worker, const std::string& bytes) {
    const int memory = worker.memory.number();
    return ftruncate(memory, 0) == 0 && lseek(memory, 0, SEEK_SET) == 0 && write_all(memory, bytes);
}

class Desk {
  public:
    Desk(const std::vector<Listed>& album, const ThumbnailOptions& options)
        : album_(album), report_(album.size()), workers_(start_workers(album, options)) {}
    ~Desk() {
        for (Worker& worker : workers_) {
            worker.socket.close();
            waitpid(worker.process, nullptr, 0);
        }
    }

    void fail(std::size_t picture, const std::string& why) {
        report_.add(album_[picture].name, {false, "failed: " + why});
    }

    void give(std::size_t picture, const std::string& bytes) {
        Worker* const worker = find_idle();
        if (worker == nullptr) return fail(picture, "every worker has died");
        if (!place(*worker, bytes)) return fail(picture, "there is no memory to share");
        const Order order{picture, bytes.size()};
        worker->picture = picture;
        write_all(worker->socket.number(), {reinterpret_cast<const char*>(&order), sizeof order});
    }

    // False if no worker is busy.
    bool listen(int milliseconds) {
        std::vector<pollfd> ends;
        bool any_busy = false;
        for (const Worker& worker : workers_) {
            ends.push_back({worker.picture ? worker.socket.number() : -1, POLLIN, 0});
            any_busy = any_busy || worker.picture;
        }
        if (!any_busy) return false;
        if (poll(ends.data(), ends.size(), milliseconds) <= 0) return true;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].revents == 0) continue;
            const std::size_t picture = *std::exchange(workers_[i].picture, std::nullopt);
            const std::optional<std::string> text = read_frame(ends[i].fd);
            if (text) report_.add(album_[picture].name, {text->rfind("failed: ", 0) != 0, *text});
            if (text) continue;
            fail(picture, "the worker that had it has died");
            workers_[i].socket.close();
        }
        return true;
    }

    int finish() {
        while (listen(-1)) {
        }
        return report_.finish();
    }

  private:
    Worker* find_idle() {
        do {
            for (Worker& worker : workers_)
                if (worker.socket.is_open() && !worker.picture) return &worker;
        } while (listen(-1));
        return nullptr;
    }

    const std::vector<Listed>& album_;
    ThumbnailReport report_;
    std::vector<Worker> workers_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    Desk desk(album, options);
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);
        desk.listen(0);
        if (downloaded.ok) desk.give(i, downloaded.bytes);
        else desk.fail(i, downloaded.why);
    }
    return desk.finish();
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
