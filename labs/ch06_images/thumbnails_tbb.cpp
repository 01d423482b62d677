// Chapter 6, given: Thumbnails by oneTBB
//
// Goal    A pipeline of four stages that oneTBB runs: it has the threads and the
//         queues, and ends them. At most --connections pictures are in it.
// Run     ./kit run thumbnails_tbb
// Expect  Like the pipeline of task 2, without a lock in sight. But a thread of
//         oneTBB that waits for the host does no other task. So the program
//         asks for --connections threads, more than there are cores. And one
//         number bounds both stages: a picture that is being resized takes up
//         the place of a connection.
// Read    labs/ch06_images/README.md, "Which tool for what?"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <cstddef>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;  // its place in the album
    Downloaded downloaded;
};
struct Done {
    std::size_t picture;
    Result result;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    using Mode = tbb::filter_mode;

    std::size_t next = 0;  // not atomic: one thread at a time runs a serial stage, and so also the report's
    const auto pick = tbb::make_filter<void, std::size_t>(Mode::serial_in_order, [&](tbb::flow_control& control) {
        if (next < album.size()) return next++;
        control.stop();
        return next;  // is not used
    });
    const auto fetch = tbb::make_filter<std::size_t, Arrival>(Mode::parallel, [&](std::size_t picture) {
        return Arrival{picture, download(album[picture])};  // waits
    });
    const auto resize = tbb::make_filter<Arrival, Done>(Mode::parallel, [&](const Arrival& arrival) {
        return Done{arrival.picture, make_thumbnail(album[arrival.picture], arrival.downloaded, options)};  // computes
    });
    const auto tell = tbb::make_filter<Done, void>(
        Mode::serial_out_of_order, [&](const Done& done) { report.add(album[done.picture].name, done.result); });

    const auto most = static_cast<std::size_t>(options.connections);
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, most);
    tbb::task_arena(options.connections).execute([&] { tbb::parallel_pipeline(most, pick & fetch & resize & tell); });
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "makes thumbnails in a pipeline of oneTBB's");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_tbb: ", error.what());
        return 1;
    }
}
