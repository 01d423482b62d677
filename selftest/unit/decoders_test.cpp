// What the given code reads may be anything: a picture cut short or damaged is a refusal, or the same picture
// each time, and no memory is touched that is not its own.
#include "support/decode.hpp"

#include <cstdio>
#include <set>
#include <sstream>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "support/encode.hpp"
#include "support/message.hpp"
#include "support/thumbnail.hpp"

namespace {

namespace fs = std::filesystem;

// Each shows the same 19 x 13 pixels, as well as its format can.
const fs::path pictures = fs::path(kit_root) / "selftest/unit/pictures";

Picture picture(const std::string& name) {
    return read_picture(pictures / name);
}

std::string complaint(const std::string& bytes) {
    try {
        decoded(bytes);
    } catch (const std::runtime_error& refusal) {
        return refusal.what();
    }
    return "";
}

struct Damaged {
    int status;
    std::string text;  // a line for each
};

// What comes of everything that is cut short and damaged, where new memory is full of that byte. Whoever asks for more
// than 64 MiB of it at once is ended.
Damaged read_damaged(int fill) {
    const Folder thumbnails;
    const std::string options =
        "max_allocation_size_mb=64:max_malloc_fill_size=1000000000:malloc_fill_byte=" + std::to_string(fill);
    const std::string program = small_program("decoders").string();
    const std::string command = "ASAN_OPTIONS=" + options + " '" + program + "' '" + pictures.string() + "' '" +
                                thumbnails.path().string() + "'";
    std::FILE* const pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    Damaged damaged{0, ""};
    char some[4096];
    while (const std::size_t count = std::fread(some, 1, sizeof some, pipe)) damaged.text.append(some, count);
    damaged.status = pclose(pipe);
    return damaged;
}

}  // namespace

TEST_CASE("a picture is the same one in every format that has no loss") {
    const Picture whole = picture("rgb.ppm");
    CHECK(whole.width == 19);
    CHECK(whole.height == 13);
    CHECK(whole.channels == 3);
    for (const char* name : {"rgb.png", "interlaced.png", "deep_alpha.png", "deep.ppm", "rgb.bmp", "top_down.bmp"})
        CHECK(picture(name).pixels == whole.pixels);
    CHECK(picture("grey.png").pixels == picture("grey.pgm").pixels);
    CHECK(picture("progressive.jpg").pixels == picture("baseline.jpg").pixels);
}

TEST_CASE("what is cut short or damaged is refused or read, the same each time, and touches no other memory") {
    const Damaged first = read_damaged(0x11), second = read_damaged(0xee);
    CHECK(first.status == 0);
    CHECK(first.text == second.text);

    std::istringstream lines(first.text);
    std::string taken;
    int count = 0, shrunk = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const bool is_png = line.find(".png ") != line.npos, is_repaired = line.find("repaired") != line.npos;
        const bool is_picture = line.find('.') < line.find(' ');
        if (line.find("refused: basic_string") != line.npos) taken += line + '\n';  // by the library, not by us
        if (line.find(": refused: ") != line.npos || !is_picture) continue;
        if (line.find(" as a thumbnail ") != line.npos) ++shrunk;
        if (line.find(" cut to ") != line.npos || line.find(" promising ") != line.npos ||
            (is_png && !is_repaired && line.find(" changed ") != line.npos))
            taken += line + '\n';
    }
    CHECK(taken == "");
    CHECK(count > 10'000);
    CHECK(shrunk > 300);  // of what was changed
}

TEST_CASE("a picture is shrunk with the channels it has, and what is as large as is allowed is one") {
    const Folder folder;
    ThumbnailOptions options;
    options.out = folder.path().string();
    const auto shrunk = [&](const Picture& whole) {
        return make_thumbnail({"one", "", ""}, {true, png_of(whole), ""}, options).text;
    };
    for (const int channels : {1, 2, 3, 4}) {
        CHECK(shrunk({600, 300, channels, std::vector<std::uint8_t>(600U * 300 * channels, 200)}) ==
              "600x300 -> 256x128");
        const Picture small = decoded(read_file(folder.path() / "one.png"), {0});
        CHECK(small.channels == channels);
        CHECK(std::set<std::uint8_t>(small.pixels.begin(), small.pixels.end()) == std::set<std::uint8_t>{200});
    }
    const auto line = [](int width, int height) {
        return Picture{width, height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height))};
    };
    CHECK(shrunk(line(16'384, 1)) == "16384x1 -> 256x1");
    CHECK(shrunk(line(1, 16'384)) == "1x16384 -> 1x16384");
    CHECK(shrunk(line(16'385, 1)) == "failed: more than 16384 pixels wide or high");
    CHECK(shrunk(line(1, 16'385)) == "failed: more than 16384 pixels wide or high");
}

TEST_CASE("why a picture is refused is told") {
    CHECK(complaint("") == "neither PNG, JPEG, BMP nor binary PPM or PGM");
    CHECK(complaint("P3 1 1 255 0 0 0") == "neither PNG, JPEG, BMP nor binary PPM or PGM");
    CHECK(complaint("P5 1 1 255 ") == "the file ends before its picture does");
    CHECK(complaint("P6 2 1 255 12345") == "the file ends before its picture does");
    CHECK(complaint("P5 0 1 255 1") == "its width is not a whole number from 1 to 16384");
    CHECK(complaint("P5 1 99999999999999999999 255 1") == "its height is not a whole number from 1 to 16384");
    CHECK(complaint("P5 1 1 65536 11") == "its greatest value is not a whole number from 1 to 65535");
    CHECK(complaint("P5 1 1 100 \xc8") == "a pixel is brighter than its greatest value");
    CHECK(complaint("P5 1 1 100 \x32").empty());
    CHECK(complaint("\x89PNG\r\n\x1a\n") == "the file ends before its picture does");
    CHECK(complaint("\xff\xd8\xff\xd9") == "Corrupt JPEG");
    CHECK_THROWS_WITH(read_picture("/nowhere.png"), "/nowhere.png: No such file or directory");
    CHECK_THROWS_WITH(read_picture("/dev"), "/dev: Is a directory");
    CHECK_THROWS_WITH(read_picture("/dev/zero"), "/dev/zero: larger than 256 MiB");
    CHECK_THROWS_WITH(picture("palette.bmp"),
                      (pictures / "palette.bmp").string() + ": a BMP with a palette: save it with 24 bits per pixel");
}

TEST_CASE("values are scaled to 255, the greatest one in the header being the brightest") {
    CHECK(decoded("P5 2 1 100 \x32\x64").pixels == std::vector<std::uint8_t>{128, 128, 128, 255, 255, 255});
    CHECK(decoded("P6\n# by hand\n1 1\n65535\n" + std::string("\0\0\x80\0\xff\xff", 6)).pixels ==
          std::vector<std::uint8_t>{0, 128, 255});
}

TEST_CASE("a worker may send anything as its first line") {
    const std::string neither = "failed: the worker's first line is neither \"ok BYTES\" nor \"failed REASON\"";
    for (const char* message :
         {"\n", "o\n", "hello\nworld", "ok\n", "ok \n", "ok -1\n", "ok 5x\nhello", "ok 99999999999999999999\n"})
        CHECK(result_of(message, 0).text == neither);
    CHECK(result_of("ok 5\nhello", 0).ok);
}
