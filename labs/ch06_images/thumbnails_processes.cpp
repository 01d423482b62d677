// Chapter 6, task 1B: Resizing by processes
//
// Goal    Resizing computes. Let --workers processes do it, started once, while
//         main downloads one picture after another.
// Run     ./kit run thumbnails_processes
// Expect  Now: while a picture is resized, nothing else goes on.
//         Done: main downloads the next picture while workers resize; a worker
//         that is killed costs its own picture alone.
// Check   ./kit grade thumbnails_processes
// Read    labs/ch06_images/README.md, steps 4 and 5

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/todo.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor socket;                   // closed: the worker has not been started, or has died
    std::optional<std::size_t> picture;  // the one that it is busy with
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    still_to_do("processes that resize, while main downloads (TODO 1 to 4)");  // Delete with the last TODO.

    // TODO 1  Start --workers child processes, each with a socketpair, before the
    //         first download. A worker reads a frame (frame.hpp) with a picture's
    //         place in the album and its bytes, makes the thumbnail, and writes a
    //         frame with the result's text. At the end of its input it exits.
    // TODO 2  Let main give each picture to a worker that is free. Where all are
    //         busy, it waits (poll) for a result, and reports it.
    // TODO 3  Report results between downloads, too. A worker whose socket is at
    //         its end has died, and its picture has failed.
    // TODO 4  At the end, close the sockets and wait for every worker.
    for (const Listed& picture : album) {
        const Downloaded downloaded = download(picture);
        report.add(picture.name, make_thumbnail(picture, downloaded, options));  // Correct, but here.
    }
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads in main, resizes by processes");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_processes: ", error.what());
        return 1;
    }
}
