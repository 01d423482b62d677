#include "support/encode.hpp"

#include <new>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

namespace {

void append(void* to, void* from, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(from), static_cast<std::size_t>(size));
}

}  // namespace

std::string png_of(const Picture& picture) {
    std::string bytes;
    const int written = stbi_write_png_to_func(append, &bytes, picture.width, picture.height, picture.channels,
                                               picture.pixels.data(), static_cast<int>(picture.row()));
    if (written == 0) throw std::bad_alloc();
    return bytes;
}

std::string jpeg_of(const Picture& picture, int quality) {
    std::string bytes;
    const int written = stbi_write_jpg_to_func(append, &bytes, picture.width, picture.height, picture.channels,
                                               picture.pixels.data(), quality);
    if (written == 0) throw std::bad_alloc();
    return bytes;
}
