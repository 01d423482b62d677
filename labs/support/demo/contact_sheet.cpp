#include "support/demo/contact_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/decode.hpp"
#include "support/painting/lettering.hpp"
#include "support/shrink.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int cell = 144, gap = 16, letters = 2, lines = 10 * letters;  // pixels
constexpr std::uint8_t ground = 238, ink = 50;

std::vector<fs::path> pictures_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".png") files.push_back(entry.path());
    if (files.empty()) throw std::runtime_error(folder.string() + ": there are no thumbnails");
    std::sort(files.begin(), files.end());
    return files;
}

Picture read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    try {
        return decoded({std::istreambuf_iterator<char>(in), {}}, {4});
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

// No side longer than a cell's.
Picture fitted(const Picture& picture) {
    const int longest = std::max(picture.width, picture.height);
    return longest <= cell ? picture : shrunk(picture, std::max(1, picture.width * cell / longest));
}

// As it shows over what is there. What is too high for a cell, as thin pictures are, is cut off.
void put(const Picture& picture, int left, int top, Picture& sheet) {
    for (int y = 0; y < std::min(picture.height, cell); ++y) {
        const std::uint8_t* from = &picture.pixels[static_cast<std::size_t>(y) * picture.row()];
        std::uint8_t* to =
            &sheet.pixels[static_cast<std::size_t>(top + y) * sheet.row() + static_cast<std::size_t>(3 * left)];
        for (int x = 0; x < picture.width; ++x, from += 4, to += 3)
            for (int c = 0; c < 3; ++c)
                to[c] = static_cast<std::uint8_t>((from[c] * from[3] + to[c] * (255 - from[3]) + 127) / 255);
    }
}

}  // namespace

Picture contact_sheet(const fs::path& folder) {
    const std::vector<fs::path> files = pictures_in(folder);
    const int count = static_cast<int>(files.size());
    const int columns = static_cast<int>(std::ceil(std::sqrt(count * 16.0 / 9)));  // as wide as a projector shows
    const int rows = (count + columns - 1) / columns;
    constexpr int across = cell + gap, down = cell + lines + gap;
    Picture sheet{gap + columns * across, gap + rows * down, 3, {}};
    sheet.pixels.assign(sheet.size(), ground);
    for (int i = 0; i < count; ++i) {
        const int left = gap + i % columns * across, top = gap + i / columns * down;
        const fs::path& file = files[static_cast<std::size_t>(i)];
        const Picture small = fitted(read(file));
        put(small, left + (cell - small.width) / 2, top + std::max(0, cell - small.height) / 2, sheet);
        const std::string name = file.stem().string();
        const int indent = std::max(0, cell - letters * text_width(name)) / 2;
        write_text(name, {left + indent, top + cell + lines - 7 * letters, letters, ink}, sheet);
    }
    return sheet;
}
