// Right    Each download is a packaged task, whose future is queued when it is ready. A semaphore counts the futures.

#include <deque>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Download {
    const Listed* picture;
    std::packaged_task<Downloaded()> task;
};
struct Ready {
    const Listed* picture;
    std::future<Downloaded> future;
};

template <class Item>
class Locked {
  public:
    void push(Item item) {
        const std::lock_guard guard(mutex_);
        items_.push_back(std::move(item));
    }
    bool pop(Item& item) {
        const std::lock_guard guard(mutex_);
        if (items_.empty()) return false;
        item = std::move(items_.front());
        items_.pop_front();
        return true;
    }

  private:
    std::mutex mutex_;
    std::deque<Item> items_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Locked<Download> todo;
    Locked<Ready> ready;
    std::counting_semaphore<> how_many_ready{0};
    for (const Listed& picture : album)
        todo.push({&picture, std::packaged_task<Downloaded()>([&picture] { return download(picture); })});

    std::vector<std::thread> downloaders;
    for (int i = 0; i < options.connections; ++i) {
        downloaders.emplace_back([&] {
            for (Download one; todo.pop(one);) {
                one.task();
                ready.push({one.picture, one.task.get_future()});
                how_many_ready.release();
            }
        });
    }
    for (std::size_t i = 0; i < album.size(); ++i) {
        how_many_ready.acquire();
        Ready one;
        ready.pop(one);
        report.add(one.picture->name, make_thumbnail(*one.picture, one.future.get(), options));
    }
    for (std::thread& downloader : downloaders) downloader.join();
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads by threads, resizes in main");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_threads: ", error.what());
        return 1;
    }
}
