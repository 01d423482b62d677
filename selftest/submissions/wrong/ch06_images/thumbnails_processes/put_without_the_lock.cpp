// Wrong    main puts pictures without the lock, while one thread per worker takes them under it.
// Caught   has no data race
// Says     ThreadSanitizer: data race

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <queue>
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

struct Order {
    std::size_t picture;
    std::string bytes;
};

class Orders {
  public:
    void put(Order order) {
        orders_.push(std::move(order));
        changed_.notify_one();
    }
    void close() {
        const std::lock_guard guard(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    std::optional<Order> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !orders_.empty(); });
        if (orders_.empty()) return std::nullopt;
        Order order = std::move(orders_.front());
        orders_.pop();
        return order;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<Order> orders_;
    bool closed_ = false;
};

class SharedReport {
  public:
    explicit SharedReport(const std::vector<Listed>& album) : album_(album), report_(album.size()) {}
    void add(std::size_t picture, const Result& result) {
        const std::lock_guard guard(mutex_);
        report_.add(album_[picture].name, result);
    }
    int finish() { return report_.finish(); }

  private:
    const std::vector<Listed>& album_;
    std::mutex mutex_;
    ThumbnailReport report_;
};

class Worker {
  public:
    Worker(const std::vector<Listed>& album, const ThumbnailOptions& options, std::vector<Worker>& others) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
        socket_ = Descriptor(ends[0]);
        const Descriptor its(ends[1]);
        process_ = fork();
        if (process_ != 0) return;
        others.clear();
        socket_.close();
        work(its.number(), album, options);
    }
    Worker(Worker&& other) noexcept : process_(std::exchange(other.process_, -1)), socket_(std::move(other.socket_)) {}
    ~Worker() {
        socket_.close();
        if (process_ > 0) waitpid(process_, nullptr, 0);
    }

    // None if the worker has died.
    std::optional<std::string> resize(const Order& order) const {
        const int socket = socket_.number();
        const std::string number = std::to_string(order.picture);
        if (!write_frame(socket, number) || !write_frame(socket, order.bytes)) return std::nullopt;
        return read_frame(socket);
    }

  private:
    [[noreturn]] static void work(int socket, const std::vector<Listed>& album,
                                  const ThumbnailOptions& options) noexcept {
        while (const std::optional<std::string> number = read_frame(socket)) {
            const std::optional<std::string> bytes = read_frame(socket);
            if (!bytes) break;
            write_frame(socket, make_thumbnail(album[std::stoul(*number)], {true, *bytes, ""}, options).text);
        }
        _exit(0);
    }

    pid_t process_ = -1;
    Descriptor socket_;
};

void attend(const Worker& worker, Orders& orders, SharedReport& report) {
    while (const std::optional<Order> order = orders.take()) {
        const std::optional<std::string> text = worker.resize(*order);
        if (!text) return report.add(order->picture, {false, "failed: its worker died"});
        report.add(order->picture, {text->rfind("failed: ", 0) != 0, *text});
    }
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    SharedReport report(album);
    std::vector<Worker> workers;
    workers.reserve(static_cast<std::size_t>(options.workers));
    for (int i = 0; i < options.workers; ++i) workers.emplace_back(album, options, workers);

    Orders orders;
    std::vector<std::thread> attendants;
    for (const Worker& worker : workers) attendants.emplace_back([&] { attend(worker, orders, report); });
    for (std::size_t i = 0; i < album.size(); ++i) {
        Downloaded downloaded = download(album[i]);
        if (downloaded.ok) orders.put({i, std::move(downloaded.bytes)});
        else report.add(i, {false, "failed: " + downloaded.why});
    }
    orders.close();
    for (std::thread& attendant : attendants) attendant.join();
    while (const std::optional<Order> order = orders.take())
        report.add(order->picture, {false, "failed: all workers have died"});
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
