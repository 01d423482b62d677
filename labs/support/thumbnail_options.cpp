#include "support/thumbnail_options.hpp"

#include <filesystem>
#include <fstream>

#include "support/one_line.hpp"
#include "support/options.hpp"
#include "support/transfer.hpp"

namespace {

// Lines of name=value; # begins a comment.
std::string read_client_id(const std::string& file, const Options& flags) {
    std::ifstream in(file);
    if (!in) flags.refuse("--config: " + file + " cannot be read");
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        line = std::string(without_spaces_around(std::string_view(line).substr(0, line.find_first_of("#\r"))));
        if (line.empty()) continue;
        const std::size_t equals = line.find('=');
        const std::string where = file + ":" + std::to_string(number) + ": ";
        if (equals == std::string::npos) flags.refuse(where + "'" + line + "' is not accepted: give client_id=...");
        if (without_spaces_around(std::string_view(line).substr(0, equals)) != "client_id") continue;
        const std::string id(without_spaces_around(std::string_view(line).substr(equals + 1)));
        if (id.empty()) flags.refuse(where + "client_id is empty: give the one that the host knows you by");
        return id;
    }
    flags.refuse(file + ": there is no line client_id=...");
}

}  // namespace

ThumbnailOptions parse_thumbnail_options(int argc, char** argv, const std::string& purpose, Queue queue) {
    ThumbnailOptions options;
    Options flags(purpose);
    flags.text("--host", options.host, "the host of the pictures: http://host[:port]");
    flags.text("--album", options.album, "the album's id");
    flags.text("--config", options.config, "a file with a line client_id=...");
    flags.text("--out", options.out, "the folder for the thumbnails");
    flags.count("--width", options.width, {1, 16'384}, "of a thumbnail, in pixels");
    flags.count("--connections", options.connections, {1, 64}, "downloads at once");
    flags.count("--workers", options.workers, {1, 64}, "that resize");
    if (queue == Queue::bounded) flags.count("--queue", options.queue, {1, 64}, "pictures that wait to be resized");
    flags.example("--host http://127.0.0.1:8060 --album harbour --out thumbnails");
    flags.parse(argc, argv);
    while (!options.host.empty() && options.host.back() == '/') options.host.pop_back();
    if (!transfer::is_url(options.host)) flags.refuse("--host: '" + options.host + "' is " + transfer::no_url);
    options.client_id = read_client_id(options.config, flags);
    std::error_code failure;
    std::filesystem::create_directories(options.out, failure);
    if (!std::filesystem::is_directory(options.out))
        flags.refuse("--out: " + options.out + " is no folder, and cannot be made one");
    transfer::prepare();
    return options;
}
