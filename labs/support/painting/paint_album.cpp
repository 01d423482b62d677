// Paints the pictures of an album, each the same pixels every time:
//
//   paint_album assets/albums/harbour          those that the kit comes with
//   paint_album --large build/albums/harbour   larger ones, painted when the kit is built
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "support/encode.hpp"
#include "support/painting/landscape.hpp"
#include "support/painting/palette_png.hpp"

namespace {

namespace fs = std::filesystem;

enum class Form { jpeg, png, palette };

struct Painting {
    int width, height;
    int channels = 3;
    Form form = Form::jpeg;
    int noise = 10;
};

// Landscapes, portraits, squares; thin ones; grey, with alpha, with a palette.
constexpr Painting small[] = {
    {800, 600},
    {600, 800},
    {640, 640},
    {1024, 768},
    {768, 1024},
    {1200, 800},
    {800, 1200},
    {1000, 1000},
    {960, 540},
    {540, 960},
    {720, 480},
    {480, 720},
    {1280, 720},
    {720, 1280},
    {500, 500},
    {333, 777},
    {1500, 500},
    {500, 1500},
    {400, 300},
    {300, 400},
    {1100, 733},
    {733, 1100},
    {900, 675},
    {675, 900},
    {1024, 1024, 1},
    {800, 450, 1},
    {450, 800, 1},
    {640, 480, 1},
    {257, 257},
    {255, 255},
    {256, 400},
    {600, 400, 3, Form::png, 2},
    {400, 600, 3, Form::png, 2},
    {512, 512, 4, Form::png, 2},
    {300, 700, 4, Form::png, 2},
    {700, 300, 2, Form::png, 2},
    {500, 400, 1, Form::png, 2},
    {640, 360, 3, Form::palette, 8},
    {360, 640, 3, Form::palette, 8},
    {1, 900, 3, Form::png},
    {900, 1, 3, Form::png},
    {1, 1, 4, Form::png},
};

constexpr Painting large[] = {
    {2448, 1632},
    {1632, 2448},
    {3000, 2000},
    {2000, 3000},
    {2448, 2448},
    {2048, 1536},
    {1600, 1200, 3, Form::png, 2},
    {1800, 1200, 4, Form::png, 2},
};

std::string jpeg_or_png(const Painting& painting, const Picture& picture) {
    constexpr int quality = 82;
    switch (painting.form) {
        case Form::jpeg: return jpeg_of(picture, quality);
        case Form::palette: return palette_png_of(picture);
        default: return png_of(picture);
    }
}

template <std::size_t count>
void paint(const Painting (&paintings)[count], int first, const fs::path& folder) {
    fs::create_directories(folder);
    for (std::size_t i = 0; i < count; ++i) {
        const int number = first + static_cast<int>(i);
        const std::string name = "harbour_" + std::string(number < 10 ? "0" : "") + std::to_string(number);
        const Painting& painting = paintings[i];
        const Landscape landscape{painting.width,    painting.height,
                                  painting.channels, static_cast<std::uint32_t>(number),
                                  painting.noise,    name};
        const fs::path file = folder / (name + (painting.form == Form::jpeg ? ".jpg" : ".png"));
        std::ofstream out(file, std::ios::binary);
        out << jpeg_or_png(painting, painted(landscape)) << std::flush;
        if (!out) throw std::runtime_error("cannot write " + file.string());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_large = argc > 1 && std::string(argv[1]) == "--large";
    if (argc != (is_large ? 3 : 2)) {
        std::cerr << "usage: paint_album [--large] FOLDER\n";
        return 2;
    }
    try {
        if (is_large) paint(large, 1 + static_cast<int>(std::size(small)), argv[2]);
        else paint(small, 1, argv[1]);
    } catch (const std::exception& error) {
        std::cerr << "paint_album: " << error.what() << '\n';
        return 1;
    }
}
