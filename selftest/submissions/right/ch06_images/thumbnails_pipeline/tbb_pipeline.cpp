// Right    oneTBB's pipeline, with one token per picture that may be under way, and a semaphore per stage.
// Needs    tbb

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <cstddef>
#include <semaphore>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
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
    std::size_t next = 0;
    std::counting_semaphore<> connections(options.connections), workers(options.workers);
    const auto pick = tbb::make_filter<void, std::size_t>(Mode::serial_in_order, [&](tbb::flow_control& control) {
        if (next < album.size()) return next++;
        control.stop();
        return next;
    });
    const auto fetch = tbb::make_filter<std::size_t, Arrival>(Mode::parallel, [&](std::size_t picture) {
        connections.acquire();
        Arrival arrival{picture, download(album[picture])};
        connections.release();
        return arrival;
    });
    const auto resize = tbb::make_filter<Arrival, Done>(Mode::parallel, [&](const Arrival& arrival) {
        workers.acquire();
        Done done{arrival.picture, make_thumbnail(album[arrival.picture], arrival.downloaded, options)};
        workers.release();
        return done;
    });
    const auto tell = tbb::make_filter<Done, void>(
        Mode::serial_out_of_order, [&](const Done& done) { report.add(album[done.picture].name, done.result); });
    const int most = options.connections + options.workers + options.queue;
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(most));
    tbb::task_arena(most).execute(
        [&] { tbb::parallel_pipeline(static_cast<std::size_t>(most), pick & fetch & resize & tell); });
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
