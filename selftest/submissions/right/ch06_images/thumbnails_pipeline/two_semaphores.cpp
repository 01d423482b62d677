// Right    Two counting semaphores, for places and for pictures. An end marker stops each resizer. Resizers
//          report their results under a lock.

#include <atomic>
#include <list>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    const Listed* picture = nullptr;  // null marks the end
    Downloaded downloaded{};
};

class Belt {
  public:
    explicit Belt(int places) : places_(places) {}

    void put(Arrival arrival) {
        places_.acquire();
        {
            const std::lock_guard guard(mutex_);
            arrivals_.push_back(std::move(arrival));
        }
        arrived_.release();
    }
    Arrival take() {
        arrived_.acquire();
        Arrival first;
        {
            const std::lock_guard guard(mutex_);
            first = std::move(arrivals_.front());
            arrivals_.pop_front();
        }
        places_.release();
        return first;
    }

  private:
    std::counting_semaphore<> places_, arrived_{0};
    std::mutex mutex_;
    std::list<Arrival> arrivals_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    std::mutex reporting;
    Belt belt(options.queue);
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> downloaders, resizers;
    for (int i = 0; i < options.connections; ++i) {
        downloaders.emplace_back([&] {
            for (std::size_t k; (k = next++) < album.size();) belt.put({&album[k], download(album[k])});
        });
    }
    for (int i = 0; i < options.workers; ++i) {
        resizers.emplace_back([&] {
            for (Arrival one = belt.take(); one.picture != nullptr; one = belt.take()) {
                const Result result = make_thumbnail(*one.picture, one.downloaded, options);
                const std::lock_guard guard(reporting);
                report.add(one.picture->name, result);
            }
        });
    }
    for (std::thread& downloader : downloaders) downloader.join();
    for (int i = 0; i < options.workers; ++i) belt.put({});
    for (std::thread& resizer : resizers) resizer.join();
    return report.finish();
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
