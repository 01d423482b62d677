#include "ch08_offloading/pictures.hpp"

#include <unistd.h>

#include <fstream>
#include <random>
#include <stdexcept>

namespace fs = std::filesystem;

std::string readme(int step) {
    return "labs/ch08_offloading/README.md#step-" + std::to_string(step);
}

Picture some_picture(Size size, int channels) {
    Picture picture{size.width, size.height, channels, {}};
    std::minstd_rand noise(static_cast<unsigned>(size.width * 1009 + size.height));
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            for (int channel = 0; channel < channels; ++channel)
                picture.pixels.push_back(static_cast<std::uint8_t>(((x / 7 + y / 5) % 2) * 130 + channel * 20 +
                                                                   static_cast<int>(noise() % 60)));
    return picture;
}

PictureFile::PictureFile(Size size) {
    std::string pattern = (fs::temp_directory_path() / "kit-XXXXXX.ppm").string();
    const int descriptor = mkstemps(pattern.data(), 4);
    if (descriptor < 0) throw std::runtime_error("no file for a picture: " + pattern);
    close(descriptor);
    shared_ = {pattern, "/on-stage/picture.ppm"};
    const Picture picture = some_picture(size, 3);
    std::ofstream out(pattern, std::ios::binary);
    out << "P6\n" << picture.width << " " << picture.height << "\n255\n";
    out.write(reinterpret_cast<const char*>(picture.pixels.data()),
              static_cast<std::streamsize>(picture.pixels.size()));
    if (!out.flush()) throw std::runtime_error("cannot write a picture: " + pattern);
}

PictureFile::~PictureFile() {
    std::error_code ignored;
    fs::remove(shared_.outside, ignored);
}
