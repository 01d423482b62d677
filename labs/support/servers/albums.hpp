// Albums of pictures, each a folder: what an image host knows of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct HostedPicture {
    std::string name, type, file;  // "harbour_01", "image/jpeg", "harbour_01.jpg"
    int width = 0, height = 0;
    std::uintmax_t size = 0;  // bytes
};

// In the order of their names; those of the album of this id in each of the folders. Empty where there is none.
std::vector<HostedPicture> album_in(const std::vector<std::filesystem::path>& folders, const std::string& id);

// The file of this name in the album; empty where there is none.
std::filesystem::path picture_in(const std::vector<std::filesystem::path>& folders, const std::string& id,
                                 const std::string& file);

// By a file's ending: "image/jpeg", "image/png"; "" for others.
std::string type_of(const std::filesystem::path& file);

// A whole file; "" where it cannot be read.
std::string bytes_of(const std::filesystem::path& file);
