#include "support/painting/lettering.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <stb/stb_easy_font.h>

// stb's font comes as rectangles.
void write_text(const std::string& text, const Lettering& where, Picture& picture) {
    struct Corner {
        float x, y, z;
        unsigned char colour[4];
    };
    std::vector<Corner> corners(4 * 64 * (text.size() + 1));
    std::string letters = text;
    const int count = stb_easy_font_print(0, 0, letters.data(), nullptr, corners.data(),
                                          static_cast<int>(corners.size() * sizeof(Corner)));
    const int colours = picture.channels - (picture.has_alpha() ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const Corner& from = corners[static_cast<std::size_t>(4 * i)];
        const Corner& to = corners[static_cast<std::size_t>(4 * i + 2)];
        const int bottom = std::min(picture.height, where.top + static_cast<int>(to.y) * where.scale);
        const int right = std::min(picture.width, where.left + static_cast<int>(to.x) * where.scale);
        for (int y = std::max(0, where.top + static_cast<int>(from.y) * where.scale); y < bottom; ++y)
            for (int x = where.left + static_cast<int>(from.x) * where.scale; x < right; ++x)
                std::memset(&picture.pixels[static_cast<std::size_t>(y) * picture.row() +
                                            static_cast<std::size_t>(x * picture.channels)],
                            where.shade, static_cast<std::size_t>(colours));
    }
}

int text_width(const std::string& text) {
    std::string letters = text;
    return stb_easy_font_width(letters.data());
}
