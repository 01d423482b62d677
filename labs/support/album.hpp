// An album on a host of pictures, in the form of Imgur's API, version 3 (https://apidocs.imgur.com), and its pictures.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "support/thumbnail_options.hpp"

struct Listed {
    std::string name, url;  // the file's name without its ending, and where it is
    std::string refused;    // why there can be no thumbnail of it, or ""
};

// What the host says, or why no host says anything.
struct NoAlbum : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The pictures of options.album, in the host's order. Throws NoAlbum.
std::vector<Listed> list_album(const ThumbnailOptions& options);

struct Downloaded {
    bool ok = false;
    std::string bytes;
    std::string why;  // if not ok: "404 Not Found"
};

// Downloads one picture, and blocks until all of it is there, or clearly will not come. A host that is busy or has a
// fault (429, 5xx, a connection that breaks) is asked again, three times at most, after a pause: as long as the
// host asks for, up to 30 s; otherwise one that grows, and has a random part. Does not throw. Thread-safe.
Downloaded download(const Listed& picture);
