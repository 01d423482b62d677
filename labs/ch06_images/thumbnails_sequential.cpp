// Chapter 6, given: Thumbnails, one picture after another
//
// Goal    Downloads every picture of an album and makes a thumbnail of it.
// Run     ./kit run thumbnails_sequential
// Expect  Each download waits for the host, then each thumbnail computes:
//         while one goes on, nothing else does.
// Read    labs/ch06_images/README.md, step 1

#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "makes thumbnails, one after the other");
    try {
        const std::vector<Listed> album = list_album(options);
        ThumbnailReport report(album.size());
        for (const Listed& picture : album) {
            const Downloaded downloaded = download(picture);                         // waits
            report.add(picture.name, make_thumbnail(picture, downloaded, options));  // computes
        }
        return report.finish();
    } catch (const NoAlbum& error) {
        print_error("thumbnails_sequential: ", error.what());
        return 1;
    }
}
