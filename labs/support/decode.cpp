#include "support/decode.hpp"

#include <stb/stb_image.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "support/picture_checks.hpp"
#include "support/pnm.hpp"

namespace {

// What stb_image reads, how it begins, what it does not check there, and how many pixels a byte can hold.
struct Format {
    std::string_view beginning;
    std::string (*checked)(const std::string& file);
    long long most_pixels_in_a_byte;
};

constexpr Format formats[] = {
    {"\x89PNG\r\n\x1a\n", checked_png, 8 * 1032},  // grey of one bit, packed as densely as deflate can
    {"\xff\xd8", checked_jpeg, 8 * 64},            // at least a bit for each square of 8 x 8
    {"BM", checked_bmp, 8},
};

constexpr const char* ends_early = "the file ends before its picture does";

// What stb_image reads from. Past the end it goes on with zeros, in silence, and calls what comes of them a
// picture: so here it is noted.
struct Source {
    const char* next;
    const char* end;
    bool too_short = false;

    std::size_t left() const { return static_cast<std::size_t>(end - next); }
};

int read_some(void* user, char* to, int most) {
    Source& source = *static_cast<Source*>(user);
    if (source.left() == 0) source.too_short = true;
    const std::size_t count = std::min(source.left(), static_cast<std::size_t>(most));
    std::memcpy(to, source.next, count);
    source.next += count;
    return static_cast<int>(count);
}

void skip_some(void* user, int count) {
    Source& source = *static_cast<Source*>(user);
    if (static_cast<std::size_t>(count) > source.left()) source.too_short = true;
    source.next += std::min(source.left(), static_cast<std::size_t>(count));
}

int is_at_end(void* user) {
    return static_cast<Source*>(user)->left() == 0;
}

constexpr stbi_io_callbacks callbacks{read_some, skip_some, is_at_end};

Source source_of(const std::string& bytes) {
    return {bytes.data(), bytes.data() + bytes.size()};
}

const Format& format_of(std::string_view bytes) {
    for (const Format& format : formats)
        if (bytes.substr(0, format.beginning.size()) == format.beginning) return format;
    throw std::runtime_error("neither PNG, JPEG, BMP nor binary PPM or PGM");
}

// Before any memory is asked for.
void check_size(const std::string& bytes, const Format& format, std::int64_t most_pixels) {
    int width = 0, height = 0, channels = 0;
    Source source = source_of(bytes);
    if (stbi_info_from_callbacks(&callbacks, &source, &width, &height, &channels) == 0) return;  // the load says why
    const long long columns = std::abs(static_cast<long long>(width));
    const long long rows = std::abs(static_cast<long long>(height));  // negative in a BMP whose top row comes first
    if (std::max(columns, rows) > longest_side) throw std::runtime_error("more than 16384 pixels wide or high");
    if (columns * rows > most_pixels)
        throw std::runtime_error("more than " + std::to_string(most_pixels / 1'000'000) + " megapixels");
    if (columns * rows > format.most_pixels_in_a_byte * static_cast<long long>(bytes.size()))
        throw std::runtime_error(ends_early);
}

struct Freer {
    void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

}  // namespace

Picture decoded(const std::string& file, const Decoding& how) {
    if (is_pnm(file)) return pnm_picture(file);
    const Format& format = format_of(file);
    const std::string bytes = format.checked(file);
    check_size(bytes, format, how.most_pixels);
    int width = 0, height = 0, channels = 0;
    Source source = source_of(bytes);
    const std::unique_ptr<stbi_uc, Freer> pixels(
        stbi_load_from_callbacks(&callbacks, &source, &width, &height, &channels, how.channels));
    if (source.too_short) throw std::runtime_error(ends_early);
    if (!pixels) {
        const char* reason = stbi_failure_reason();
        throw std::runtime_error(reason ? reason : "cannot be read");
    }
    Picture picture{width, height, how.channels == 0 ? channels : how.channels, {}};
    picture.pixels.assign(pixels.get(), pixels.get() + picture.size());
    return picture;
}
