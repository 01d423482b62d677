// stb_image, compiled once: https://github.com/nothings/stb
#include <cstdlib>
#include <cstring>

namespace {

// A damaged picture may leave a part of what was allocated for it unwritten. It is zeros then, not what some
// other part of the program has left there.
void* zeros(std::size_t size) {
    return std::calloc(1, size);
}

void* longer(void* block, std::size_t old_size, std::size_t size) {
    void* grown = std::realloc(block, size);
    if (grown && size > old_size) std::memset(static_cast<char*>(grown) + old_size, 0, size - old_size);
    return grown;
}

}  // namespace

#define STBI_MALLOC zeros
#define STBI_REALLOC_SIZED longer
#define STBI_FREE std::free
#define STB_IMAGE_IMPLEMENTATION
#define STBI_FAILURE_USERMSG
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#include <stb/stb_image.h>
