#include "ch06_images/thumbnailer.hpp"

#include <algorithm>
#include <cstdlib>

#include "grader/contain/container.hpp"
#include "ground/file.hpp"
#include "support/decode.hpp"
#include "support/encode.hpp"
#include "support/shrink.hpp"

namespace {

namespace fs = std::filesystem;

Shared input(const Scratch& folder) {
    return {folder.path() / "in", "/album-in"};
}
Shared output(const Scratch& folder) {
    return {folder.path() / "out", "/thumbnails", true};
}

Words arguments(const ThumbnailPlan& plan, const World& world, const Scratch& folder) {
    for (const Shared& shared : {input(folder), output(folder)}) fs::create_directories(shared.outside);
    write_file(input(folder).outside / "config.txt", plan.config);
    Words words = {"--host",   world.url(""),
                   "--album",  "an-album",
                   "--config", place_of(input(folder)) + "/config.txt",
                   "--out",    place_of(output(folder)),
                   "--width",  std::to_string(plan.width)};
    if (plan.connections > 0) words.insert(words.end(), {"--connections", std::to_string(plan.connections)});
    words.insert(words.end(), plan.more.begin(), plan.more.end());
    return words;
}

Setting with_folders(Setting setting, const Scratch& folder) {
    setting.shared.insert(setting.shared.end(), {input(folder), output(folder)});
    return setting;
}

std::string list_of(std::size_t pictures, const World& world) {
    std::string data;
    for (std::size_t i = 1; i <= pictures; ++i)
        data += (i == 1 ? "" : ",") + std::string(R"({"id":")") + name_of(i) + R"(","link":")" +
                world.url("/i/" + name_of(i) + ".png") + R"("})";
    return R"({"data":[)" + data + R"(],"success":true,"status":200})";
}

bool is_for_album(const HttpRequest& request) {
    return request.path.rfind("/3/album/", 0) == 0;
}

}  // namespace

Picture picture_of(std::size_t number) {
    const int size = static_cast<int>(number % 7), channels = 1 + static_cast<int>(number % 4);
    Picture picture{70 + 9 * size, 50 + 4 * size, channels, {}};
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            for (int c = 0; c < channels; ++c)
                picture.pixels.push_back(static_cast<std::uint8_t>(40 + (c + 1) * 25 + x / 2 + y * (c % 2) +
                                                                   3 * static_cast<int>(number % 20)));
    return picture;
}

std::string name_of(std::size_t number) {
    return "p" + std::to_string(number);
}

std::string line_of(std::size_t number, int width) {
    const Picture whole = picture_of(number), small = shrunk(whole, width);
    const auto size = [](const Picture& one) { return std::to_string(one.width) + "x" + std::to_string(one.height); };
    return name_of(number) + ": " + size(whole) + " -> " + size(small);
}

std::string failed_line_of(std::size_t number) {
    return name_of(number) + ": failed: ";
}

std::string readme(int step) {
    return "labs/ch06_images/README.md#step-" + std::to_string(step);
}

Thumbnailer::Thumbnailer(const ThumbnailPlan& plan, const Setting& setting, Flavour flavour)
    : Asking([&](const World& its) { return arguments(plan, its, folder); }, with_folders(setting, folder), flavour),
      plan_(plan) {
    world.serve([pictures = plan.pictures](World& host, const HttpRequest& request) {
        if (is_for_album(request)) host.answer(request, 200, list_of(pictures, host));
    });
}

std::vector<HttpRequest> Thumbnailer::held() const {
    std::vector<HttpRequest> found = world.in_flight();
    std::erase_if(found, is_for_album);
    return found;
}

std::size_t Thumbnailer::number_of(const HttpRequest& request) {
    return std::strtoul(request.path.c_str() + std::string("/i/p").size(), nullptr, 10);
}

std::vector<std::size_t> Thumbnailer::ever_asked() const {
    std::vector<std::size_t> numbers;
    for (const HttpRequest& request : world.requests())
        if (!is_for_album(request)) numbers.push_back(number_of(request));
    return numbers;
}

void Thumbnailer::send(const HttpRequest& request) {
    world.answer(request, 200, png_of(picture_of(number_of(request))));
}

Rest Thumbnailer::serve_all() {
    world.serve([pictures = plan_.pictures](World& host, const HttpRequest& request) {
        if (is_for_album(request)) host.answer(request, 200, list_of(pictures, host));
        else host.answer(request, 200, png_of(picture_of(number_of(request))));
    });
    return settle();
}

std::string Thumbnailer::wrong_thumbnail(std::size_t number) const {
    const fs::path file = output(folder).outside / (name_of(number) + ".png");
    if (!fs::exists(file)) return "there is no thumbnail of " + name_of(number);
    const Picture expected = shrunk(picture_of(number), plan_.width);
    Picture found;
    try {
        found = decoded(read_file(file), {0});
    } catch (const std::runtime_error& error) {
        return "the thumbnail of " + name_of(number) + " is no picture: " + error.what();
    }
    if (found.width != expected.width || found.height != expected.height)
        return "the thumbnail of " + name_of(number) + " is " + std::to_string(found.width) + "x" +
               std::to_string(found.height);
    if (found.channels != expected.channels)
        return "the thumbnail of " + name_of(number) + " has lost its colours, or what is transparent";
    long difference = 0;
    for (std::size_t i = 0; i < expected.pixels.size(); ++i)
        difference += std::abs(found.pixels[i] - expected.pixels[i]);
    constexpr long most_for_each = 4;
    return difference <= most_for_each * static_cast<long>(expected.pixels.size())
               ? ""
               : "the thumbnail of " + name_of(number) + " shows something else";
}

std::string Thumbnailer::wrong_album(Rest rest, const std::vector<std::size_t>& failing) {
    Words expected;
    const auto fails = [&](std::size_t i) { return std::find(failing.begin(), failing.end(), i) != failing.end(); };
    for (std::size_t i = 1; i <= plan_.pictures; ++i)
        expected.push_back(fails(i) ? failed_line_of(i) : line_of(i, plan_.width));
    const std::size_t well = plan_.pictures - failing.size();
    expected.push_back(std::to_string(well) + " of " + std::to_string(plan_.pictures) + " pictures, ");
    std::string wrong = wrong_finish(rest, expected);
    if (failing.size() > 0) wrong = wrong_lines_or_end(wrong_lines(program.lines(), expected), rest, 1);
    for (std::size_t i = 1; i <= plan_.pictures && wrong.empty(); ++i)
        if (!fails(i)) wrong = wrong_thumbnail(i);
    return wrong;
}
