// An album of as many pictures as its name says, and what becomes of them: when each is there, or resized, is a matter of
// whose turn it is. There is no picture 2.
#include "support/album.hpp"

#include <atomic>

#include "support/options.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"

namespace {

std::atomic<int> pictures_underway;  // asked for, and not resized yet
int most_underway;

}  // namespace

ThumbnailOptions parse_thumbnail_options(int argc, char** argv, const std::string& purpose, Queue queue) {
    ThumbnailOptions options;
    Options flags(purpose);
    flags.text("--album", options.album, "how many pictures");
    flags.count("--connections", options.connections, {1, 64}, "downloads at once");
    flags.count("--workers", options.workers, {1, 64}, "that resize");
    if (queue == Queue::bounded) flags.count("--queue", options.queue, {1, 64}, "pictures that wait to be resized");
    flags.parse(argc, argv);
    const bool bounds = queue == Queue::bounded;
    most_underway = bounds ? options.connections + options.queue + options.workers : 1'000;
    return options;
}

std::vector<Listed> list_album(const ThumbnailOptions& options) {
    std::vector<Listed> album;
    for (int i = 1; i <= std::stoi(options.album); ++i) album.push_back({std::to_string(i), "", ""});
    return album;
}

Downloaded download(const Listed& picture) {
    if (++pictures_underway > most_underway)
        print_line("picture ", picture.name, " was asked for while the queue had no place for it");
    if (picture.name == "2") return {false, "", "404 Not Found"};
    return {true, picture.name, ""};
}

Result make_thumbnail(const Listed&, const Downloaded& downloaded, const ThumbnailOptions&) {
    --pictures_underway;
    if (!downloaded.ok) return {false, "failed: " + downloaded.why};
    return {true, "800x600 -> 256x192"};
}
