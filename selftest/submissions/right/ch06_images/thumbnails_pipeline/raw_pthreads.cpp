// Right    Raw pthreads: one monitor with two condition variables between the stages, and another one before main.

#include <pthread.h>

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Item {
    std::size_t picture;
    Downloaded downloaded;  // used in the first monitor
    Result result;          // used in the second one
};

struct Monitor {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
    std::size_t most;
    int writers;  // that may still put something
    std::deque<Item> items{};
    Monitor(std::size_t its_most, int its_writers) : most(its_most), writers(its_writers) {}
    ~Monitor() {
        pthread_cond_destroy(&not_empty);
        pthread_cond_destroy(&not_full);
        pthread_mutex_destroy(&mutex);
    }
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;
};

void put(Monitor& monitor, Item item) {
    pthread_mutex_lock(&monitor.mutex);
    while (monitor.items.size() >= monitor.most) pthread_cond_wait(&monitor.not_full, &monitor.mutex);
    monitor.items.push_back(std::move(item));
    pthread_cond_signal(&monitor.not_empty);
    pthread_mutex_unlock(&monitor.mutex);
}

bool take(Monitor& monitor, Item& item) {
    pthread_mutex_lock(&monitor.mutex);
    while (monitor.items.empty() && monitor.writers > 0) pthread_cond_wait(&monitor.not_empty, &monitor.mutex);
    const bool taken = !monitor.items.empty();
    if (taken) {
        item = std::move(monitor.items.front());
        monitor.items.pop_front();
        pthread_cond_signal(&monitor.not_full);
    }
    pthread_mutex_unlock(&monitor.mutex);
    return taken;
}

void leave(Monitor& monitor) {
    pthread_mutex_lock(&monitor.mutex);
    if (--monitor.writers == 0) pthread_cond_broadcast(&monitor.not_empty);
    pthread_mutex_unlock(&monitor.mutex);
}

struct Line {
    const ThumbnailOptions& options;
    const std::vector<Listed> album = list_album(options);
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    std::size_t next = 0;  // guarded by mutex
    Monitor arrivals{static_cast<std::size_t>(options.queue), options.connections};
    Monitor done{SIZE_MAX, options.workers};
};

void* download_some(void* argument) {
    Line& line = *static_cast<Line*>(argument);
    for (;;) {
        pthread_mutex_lock(&line.mutex);
        const std::size_t i = line.next++;
        pthread_mutex_unlock(&line.mutex);
        if (i >= line.album.size()) break;
        put(line.arrivals, {i, download(line.album[i]), {}});
    }
    leave(line.arrivals);
    return nullptr;
}

void* resize_some(void* argument) {
    Line& line = *static_cast<Line*>(argument);
    for (Item item; take(line.arrivals, item);)
        put(line.done, {item.picture, {}, make_thumbnail(line.album[item.picture], item.downloaded, line.options)});
    leave(line.done);
    return nullptr;
}

void start(std::vector<pthread_t>& threads, int count, void* (*run)(void*), Line& line) {
    for (int i = 0; i < count; ++i) {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, run, &line) != 0) {
            print_error("thumbnails_pipeline: no thread can be started");
            std::_Exit(1);
        }
        threads.push_back(thread);
    }
}

int make_thumbnails(const ThumbnailOptions& options) {
    Line line{options};
    ThumbnailReport report(line.album.size());
    std::vector<pthread_t> threads;
    start(threads, options.workers, resize_some, line);
    start(threads, options.connections, download_some, line);
    for (Item item; take(line.done, item);) report.add(line.album[item.picture].name, item.result);
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    pthread_mutex_destroy(&line.mutex);
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
