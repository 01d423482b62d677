// Right    Each thread of a stage is a std::async call. Its future returns how many pictures it handled, or its
//          exception. The queue counts the active downloaders.

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
};

struct Shared {
    const std::vector<Listed>& album;
    const ThumbnailOptions& options;
    ThumbnailReport report{album.size()};
    std::mutex mutex{};  // guards all that follows, and the report
    std::condition_variable room{}, news{};
    std::queue<Arrival> arrivals{};
    std::size_t next = 0;
    int downloading = options.connections;
};

std::size_t download_some(Shared& shared) {
    std::size_t count = 0;
    std::unique_lock lock(shared.mutex);
    while (shared.next < shared.album.size()) {
        const std::size_t i = shared.next++;
        lock.unlock();
        Downloaded downloaded = download(shared.album[i]);
        lock.lock();
        shared.room.wait(lock, [&] { return shared.arrivals.size() < static_cast<std::size_t>(shared.options.queue); });
        shared.arrivals.push({i, std::move(downloaded)});
        shared.news.notify_one();
        ++count;
    }
    if (--shared.downloading == 0) shared.news.notify_all();
    return count;
}

std::optional<Arrival> take(Shared& shared) {
    std::unique_lock lock(shared.mutex);
    shared.news.wait(lock, [&] { return !shared.arrivals.empty() || shared.downloading == 0; });
    if (shared.arrivals.empty()) return std::nullopt;
    Arrival first = std::move(shared.arrivals.front());
    shared.arrivals.pop();
    shared.room.notify_one();
    return first;
}

std::size_t resize_some(Shared& shared) {
    std::size_t count = 0;
    for (; const std::optional<Arrival> arrival = take(shared); ++count) {
        const Listed& picture = shared.album[arrival->picture];
        const Result result = make_thumbnail(picture, arrival->downloaded, shared.options);
        const std::lock_guard guard(shared.mutex);
        shared.report.add(picture.name, result);
    }
    return count;
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    Shared shared{album, options};
    std::vector<std::future<std::size_t>> downloaders, resizers;
    for (int i = 0; i < options.workers; ++i)
        resizers.push_back(std::async(std::launch::async, resize_some, std::ref(shared)));
    for (int i = 0; i < options.connections; ++i)
        downloaders.push_back(std::async(std::launch::async, download_some, std::ref(shared)));
    std::size_t downloaded = 0, resized = 0;
    for (auto& stage : downloaders) downloaded += stage.get();
    for (auto& stage : resizers) resized += stage.get();
    if (downloaded != album.size() || resized != album.size()) print_error("thumbnails_pipeline: pictures were lost");
    return shared.report.finish();
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
