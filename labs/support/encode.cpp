#include "support/encode.hpp"

#include <zlib.h>

#include <cstdlib>
#include <new>

namespace {

// In the place of stb's own, which takes longer and leaves more. stb frees what is returned.
unsigned char* compressed(unsigned char* bytes, int count, int* size, int /*level: how hard stb's own would try*/) {
    uLongf length = compressBound(static_cast<uLong>(count));
    auto* const result = static_cast<unsigned char*>(std::malloc(length));
    if (result && compress2(result, &length, bytes, static_cast<uLong>(count), Z_BEST_SPEED) == Z_OK) {
        *size = static_cast<int>(length);
        return result;
    }
    std::free(result);
    return nullptr;
}

}  // namespace

#define STBIW_ZLIB_COMPRESS compressed
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
