// Chapter 6, given: Thumbnails by OpenMP
//
// Goal    The loop of thumbnails_sequential, divided among threads by one line.
// Run     ./kit run thumbnails_openmp
// Expect  Nearly as fast as a pipeline, with very little code. But each thread
//         downloads its picture and then resizes it. So as many threads may
//         compute as there are connections, however few the cores; and while a
//         thread computes, its connection is idle. OpenMP is made for loops
//         that compute. It has no way to say that one stage waits and another
//         computes, nor how much room there is between the two.
// Read    labs/ch06_images/README.md, "Which tool for what?"

#include <cstddef>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());

    // dynamic: each thread takes the next picture when it is free. With equal
    // shares, a thread with large pictures would still be at work when the others are done.
#pragma omp parallel for schedule(dynamic) num_threads(options.connections)
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);                     // waits
        const Result result = make_thumbnail(album[i], downloaded, options);  // computes
        // The report is not thread-safe: one thread at a time.
#pragma omp critical
        report.add(album[i].name, result);
    }
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "makes thumbnails in a loop of OpenMP's");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_openmp: ", error.what());
        return 1;
    }
}
