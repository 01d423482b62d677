#include "support/servers/albums.hpp"

#include <stb/stb_image.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;

// An id is the name of a folder here, and no way to another one.
bool is_id(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    });
}

int read_some(void* user, char* to, int most) {
    return static_cast<int>(static_cast<std::ifstream*>(user)->read(to, most).gcount());
}

void skip_some(void* user, int count) {
    static_cast<std::ifstream*>(user)->ignore(count);
}

int is_at_end(void* user) {
    return static_cast<std::ifstream*>(user)->eof();
}

// A picture's size is in the first part of it: an album is listed without reading all of them.
constexpr stbi_io_callbacks read_from_file{read_some, skip_some, is_at_end};

}  // namespace

std::string type_of(const fs::path& file) {
    const std::string ending = file.extension().string();
    if (ending == ".jpg" || ending == ".jpeg") return "image/jpeg";
    return ending == ".png" ? "image/png" : "";
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<HostedPicture> album_in(const std::vector<fs::path>& folders, const std::string& id) {
    std::vector<HostedPicture> album;
    if (!is_id(id)) return album;
    for (const fs::path& folder : folders) {
        std::error_code none;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder / id, none)) {
            HostedPicture picture{entry.path().stem().string(), type_of(entry.path()),
                                  entry.path().filename().string()};
            int channels = 0;
            if (picture.type.empty()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            stbi_info_from_callbacks(&read_from_file, &in, &picture.width, &picture.height, &channels);
            picture.size = entry.file_size(none);
            album.push_back(std::move(picture));
        }
    }
    std::sort(album.begin(), album.end(),
              [](const HostedPicture& a, const HostedPicture& b) { return a.name < b.name; });
    return album;
}

fs::path picture_in(const std::vector<fs::path>& folders, const std::string& id, const std::string& file) {
    if (!is_id(id) || file.find('/') != std::string::npos || type_of(file).empty()) return {};
    for (const fs::path& folder : folders)
        if (fs::is_regular_file(folder / id / file)) return folder / id / file;
    return {};
}
