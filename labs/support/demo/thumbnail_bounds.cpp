// What bounds the programs of chapter 6, measured: all downloads of the album, and then all resizing, one after the
// other. ./kit demo ch06 shows beside each program the least that it could have taken:
//
//   thumbnails_sequential   both, as nothing goes on at the same time
//   thumbnails_threads      the longer of: downloading over its connections, resizing on one core
//   thumbnails_processes    the longer of: downloading over one connection, resizing on the cores of its workers
//   thumbnails_pipeline     the longer of: downloading over its connections, resizing on the cores of its workers
//   thumbnails_openmp, thumbnails_tbb
//                           the longer of: both over its connections, resizing on all cores. What resizes a picture
//                           does not download another one.
//
// To ask what is in the album comes first in each of them.
#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/album.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"
#include "support/thumbnail.hpp"

namespace {

std::string text_of(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%5.2f s", seconds);
    return text;
}

void measure(const ThumbnailOptions& options) {
    const Stopwatch asking;
    const std::vector<Listed> album = list_album(options);
    const double list = asking.seconds();
    print_line(text_of(list), "  for asking what is in the album");

    const Stopwatch downloading;
    std::vector<Downloaded> downloaded;
    for (const Listed& picture : album) downloaded.push_back(download(picture));
    const double downloads = downloading.seconds();
    print_line(text_of(downloads), "  for downloading its ", album.size(), " pictures one after the other");

    const Stopwatch computing;
    for (std::size_t i = 0; i < album.size(); ++i) make_thumbnail(album[i], downloaded[i], options);
    const double resizing = computing.seconds();
    print_line(text_of(resizing), "  for resizing them on one core");

    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int workers = std::min(options.workers, cores), connections = options.connections;
    const struct {
        const char* program;
        double bound;
    } bounds[] = {
        {"sequential", downloads + resizing},
        {"threads", std::max(downloads / connections, resizing)},
        {"processes", std::max(downloads, resizing / workers)},
        {"pipeline", std::max(downloads / connections, resizing / workers)},
        {"openmp", std::max((downloads + resizing) / connections, resizing / std::min(connections, cores))},
        {"tbb", std::max((downloads + resizing) / connections, resizing / std::min(connections, cores))},
    };
    print_line("program,seconds");
    for (const auto& [program, bound] : bounds) print_line("thumbnails_", program, ",", figure(list + bound));
}

}  // namespace

int main(int argc, char** argv) {
    const ThumbnailOptions options =
        parse_thumbnail_options(argc, argv, "measures the least that each program of chapter 6 can take");
    try {
        measure(options);
        return 0;
    } catch (const NoAlbum& error) {
        print_error("thumbnail_bounds: ", error.what());
        return 1;
    }
}
