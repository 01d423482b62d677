#include "support/stb_resize.hpp"

#if __has_include(<stb/stb_image_resize2.h>)

#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb/stb_image_resize2.h>

bool stb_resize(const Picture& from, double columns, double rows, Picture& to) {
    constexpr stbir_pixel_layout layouts[] = {STBIR_1CHANNEL, STBIR_RA, STBIR_RGB, STBIR_RGBA};
    STBIR_RESIZE resize;
    stbir_resize_init(&resize, from.pixels.data(), from.width, from.height, 0, to.pixels.data(), to.width, to.height, 0,
                      layouts[from.channels - 1], STBIR_TYPE_UINT8);
    stbir_set_input_subrect(&resize, 0, 0, columns, rows);
    return stbir_resize_extended(&resize) != 0;
}

#else

#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb/stb_image_resize.h>

bool stb_resize(const Picture& from, double columns, double rows, Picture& to) {
    const int alpha = from.has_alpha() ? from.channels - 1 : STBIR_ALPHA_CHANNEL_NONE;
    return stbir_resize_region(from.pixels.data(), from.width, from.height, 0, to.pixels.data(), to.width, to.height, 0,
                               STBIR_TYPE_UINT8, from.channels, alpha, 0, STBIR_EDGE_CLAMP, STBIR_EDGE_CLAMP,
                               STBIR_FILTER_DEFAULT, STBIR_FILTER_DEFAULT, STBIR_COLORSPACE_LINEAR, nullptr, 0, 0,
                               static_cast<float>(columns), static_cast<float>(rows)) != 0;
}

#endif
