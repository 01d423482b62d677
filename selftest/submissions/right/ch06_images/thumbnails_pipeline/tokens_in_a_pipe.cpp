// Right    Two pipes form the queue: one carries the numbers of free places, the other those of filled places. The last
//          downloader closes the second one, and the resizers end at its end of file.

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/write_all.hpp"

// One byte per message, since several threads may read at the other end.
class BytePipe {
  public:
    BytePipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw NoAlbum("no pipe");
        reader_ = Descriptor(ends[0]);
        writer_ = Descriptor(ends[1]);
    }
    void send(std::uint8_t byte) { write_all(writer_.number(), {reinterpret_cast<const char*>(&byte), 1}); }
    bool receive(std::uint8_t& byte) {
        ssize_t got;
        do got = read(reader_.number(), &byte, 1);
        while (got < 0 && errno == EINTR);
        return got == 1;
    }
    void close() { writer_.close(); }

  private:
    Descriptor reader_, writer_;
};

struct Place {
    std::size_t picture = 0;
    Downloaded downloaded{};
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    std::mutex reporting;
    std::vector<Place> places(static_cast<std::size_t>(options.queue));
    BytePipe empty, filled;
    for (int i = 0; i < options.queue; ++i) empty.send(static_cast<std::uint8_t>(i));
    std::atomic<std::size_t> next = 0;
    std::atomic<int> downloading = options.connections;

    std::vector<std::jthread> threads;
    for (int i = 0; i < options.workers; ++i) {
        threads.emplace_back([&] {
            for (std::uint8_t number; filled.receive(number);) {
                const Place place = std::move(places[number]);
                empty.send(number);
                const Listed& picture = album[place.picture];
                const Result result = make_thumbnail(picture, place.downloaded, options);
                const std::lock_guard guard(reporting);
                report.add(picture.name, result);
            }
        });
    }
    for (int i = 0; i < options.connections; ++i) {
        threads.emplace_back([&] {
            for (std::size_t k = next++; k < album.size(); k = next++) {
                Downloaded downloaded = download(album[k]);
                std::uint8_t number = 0;
                empty.receive(number);
                places[number] = {k, std::move(downloaded)};
                filled.send(number);
            }
            if (--downloading == 0) filled.close();
        });
    }
    threads.clear();  // joins them
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
