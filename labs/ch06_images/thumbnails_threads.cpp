// Chapter 6, task 1A: Downloads by threads
//
// Goal    Downloading waits. Let a few threads do it, each with one connection,
//         while main resizes what has arrived.
// Run     ./kit run thumbnails_threads
// Expect  Now: all waits add up.
//         Done: --connections downloads at once, and never fewer while
//         pictures remain; lines in the order in which the pictures arrive.
// Check   ./kit grade thumbnails_threads
// Read    labs/ch06_images/README.md, steps 1 to 3

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/todo.hpp"

struct Arrival {
    std::size_t picture;  // its place in the album
    Downloaded downloaded;
};

// TODO 1  A class for what has been downloaded and not been resized yet: a
//         std::deque<Arrival> with put and take, as Results in chapter 5.

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    still_to_do("threads that download, while main resizes (TODO 1 to 3)");  // Delete with the last TODO.

    // TODO 2  Start --connections threads. Each takes the next picture of the
    //         album (std::atomic<std::size_t>), downloads it, puts it, and takes
    //         the next, until there are none.
    // TODO 3  Let main take as many arrivals as there are pictures, and resize
    //         them. It downloads nothing itself any more.
    for (const Listed& picture : album) {
        const Downloaded downloaded = download(picture);  // Correct, but one at a time.
        report.add(picture.name, make_thumbnail(picture, downloaded, options));
    }
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
