// Chapter 6, task 2: A pipeline
//
// Goal    Both at once: threads that download, and threads (or processes) that
//         resize, connected by a queue with room for --queue pictures.
// Run     ./kit run thumbnails_pipeline
// Expect  Now: all the waiting and all the computing add up.
//         Done: the first thumbnails are on disk long before the last download
//         ends. However slow the resizing is, few pictures wait in memory.
// Check   ./kit grade thumbnails_pipeline
// Read    labs/ch06_images/README.md, steps 6 to 8

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
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

// TODO 1  A bounded queue of arrivals, as in chapter 5: put sleeps while it holds
//         options.queue of them, take sleeps while it is empty.

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    still_to_do("a stage that downloads and one that resizes, with a queue between (TODO 1 to 4)");  // Delete last.

    // TODO 2  Start --connections threads that download and put. For now, main
    //         takes the arrivals and resizes them.
    // TODO 3  Let the last downloader close the queue. A closed queue is emptied
    //         first; then take returns none.
    // TODO 4  Start --workers threads that take and resize until take returns
    //         none. They hand their results to main, the only one that reports.
    for (const Listed& picture : album) {
        const Downloaded downloaded = download(picture);
        report.add(picture.name, make_thumbnail(picture, downloaded, options));  // Correct, but one at a time.
    }
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
