// Right    Each picture has a slot. The numbers of filled slots come through a pipe, and main sleeps reading it.

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/write_all.hpp"

struct Pipe {
    Descriptor reader, writer;
};

void tell(const Pipe& pipe, std::size_t number) {
    write_all(pipe.writer.number(), {reinterpret_cast<const char*>(&number), sizeof number});  // small: written whole
}

std::size_t hear(const Pipe& pipe) {
    std::size_t number = 0;
    while (read(pipe.reader.number(), &number, sizeof number) < 0 && errno == EINTR) {
    }
    return number;
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw NoAlbum("no pipe");
    const Pipe filled{Descriptor(ends[0]), Descriptor(ends[1])};
    std::vector<Downloaded> places(album.size());
    std::atomic<std::size_t> next = 0;

    std::vector<std::thread> downloaders;
    for (int i = 0; i < options.connections; ++i) {
        downloaders.emplace_back([&] {
            for (std::size_t mine = next++; mine < album.size(); mine = next++) {
                places[mine] = download(album[mine]);
                tell(filled, mine);
            }
        });
    }
    for (std::size_t left = album.size(); left > 0; --left) {
        const std::size_t i = hear(filled);
        const Downloaded downloaded = std::move(places[i]);
        report.add(album[i].name, make_thumbnail(album[i], downloaded, options));
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
