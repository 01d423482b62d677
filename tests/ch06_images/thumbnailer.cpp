#include "ch06_images/thumbnailer.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>
#include <utility>

#include "bench/lines.hpp"
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
    write_file(input(folder).outside / "config.txt", "client_id=a-client\n");
    Words words = {"--host",   world.url(""),
                   "--album",  "an-album",
                   "--config", place_of(input(folder)) + "/config.txt",
                   "--out",    place_of(output(folder)),
                   "--width",  std::to_string(plan.width)};
    const auto add = [&](const char* flag, int number) {
        if (number > 0) words.insert(words.end(), {flag, std::to_string(number)});
    };
    add("--connections", plan.connections);
    add("--workers", plan.workers);
    add("--queue", plan.queue);
    return words;
}

Setting with_folders(Setting setting, const Scratch& folder) {
    setting.shared.insert(setting.shared.end(), {input(folder), output(folder)});
    return setting;
}

std::string list_of(const ThumbnailPlan& plan, const World& world) {
    Words paths;
    for (std::size_t i = 1; i <= plan.pictures; ++i) paths.push_back("/i/" + name_of(i) + ".png");
    paths.insert(paths.end(), plan.strange.begin(), plan.strange.end());
    std::string data;
    for (const std::string& path : paths)
        data += (data.empty() ? "" : ",") + std::string(R"({"link":")") + world.url(path) + R"("})";
    return R"({"data":[)" + data + R"(],"success":true,"status":200})";
}

// What the program calls a picture of that link.
std::string name_in_line(const std::string& path) {
    const std::string file = path.substr(path.rfind('/') + 1);
    std::string name = file.substr(0, file.rfind('.'));
    for (std::size_t at; (at = name.find("%2F")) != std::string::npos;) name.replace(at, 3, "/");
    return name;
}

bool is_for_album(const HttpRequest& request) {
    return request.path.rfind("/3/album/", 0) == 0;
}

}  // namespace

namespace {

// It does not compress: its file is larger than what a pipe or a socket takes at once.
Picture noise() {
    Picture picture{400, 400, 3, std::vector<std::uint8_t>(std::size_t{400} * 400 * 3)};
    std::minstd_rand chance;  // the same numbers everywhere
    for (std::uint8_t& byte : picture.pixels) byte = static_cast<std::uint8_t>(chance() >> 8);
    return picture;
}

}  // namespace

Picture picture_of(std::size_t number) {
    if (number == the_large_one) return noise();
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

bool is_pipeline() {
    return program_name() == "thumbnails_pipeline";
}

bool is_processes() {
    return program_name() == "thumbnails_processes";
}

std::string readme_of(int threads, int processes, int pipeline) {
    return readme(is_pipeline() ? pipeline : is_processes() ? processes : threads);
}

Thumbnailer::Thumbnailer(const ThumbnailPlan& plan, const Setting& setting, Flavour flavour)
    : Asking([&](const World& its) { return arguments(plan, its, folder); }, with_folders(setting, folder), flavour),
      plan_(plan) {
    serve([](std::size_t, const HttpRequest&) {});
}

void Thumbnailer::serve(Server server) {
    world.serve([this, server = std::move(server)](World& host, const HttpRequest& request) {
        if (is_for_album(request)) host.answer(request, 200, list_of(plan_, host));
        else server(number_of(request), request);
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

std::size_t Thumbnailer::times_asked(std::size_t number) const {
    const std::vector<HttpRequest>& all = world.requests();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const HttpRequest& request) {
        return !is_for_album(request) && number_of(request) == number;
    }));
}

std::size_t Thumbnailer::ever_asked() const {
    std::set<std::string> paths;
    for (const HttpRequest& request : world.requests())
        if (!is_for_album(request)) paths.insert(request.path);
    return paths.size();
}

void Thumbnailer::send(const HttpRequest& request) {
    world.answer(request, 200, png_of(picture_of(number_of(request))));
}

Rest Thumbnailer::serve_all_but(std::size_t held_back) {
    serve([this, held_back](std::size_t number, const HttpRequest& request) {
        if (number != held_back) send(request);
    });
    return settle();
}

Rest Thumbnailer::serve_all() {
    return serve_all_but(0);
}

std::vector<Held> Thumbnailer::finished() const {
    std::vector<Held> found = program.stage().held(Held::Kind::rename);
    std::erase_if(found, [](const Held& held) { return number_of(held) == 0; });
    return found;
}

std::size_t Thumbnailer::number_of(const Held& finished) {
    const fs::path name = fs::path(finished.text).filename();
    return name.extension() == ".png" && name.string().front() == 'p' ? std::strtoul(name.c_str() + 1, nullptr, 10) : 0;
}

Rest Thumbnailer::let_finish(const std::vector<Held>& finished) {
    for (const Held& one : finished) program.stage().let_go(one);
    return settle();
}

Rest Thumbnailer::let_all_finish() {
    Rest rest = settle();
    while (rest == Rest::standstill && !finished().empty()) rest = let_finish(finished());
    return rest;
}

Rest Thumbnailer::settle_once() {
    Rest rest = Asking::settle_once();
    while (rest == Rest::standstill) {
        std::vector<Held> others = program.stage().held(Held::Kind::rename);
        std::erase_if(others, [](const Held& held) { return number_of(held) != 0; });
        if (others.empty()) break;
        for (const Held& one : others) program.stage().let_go(one);
        rest = Asking::settle_once();
    }
    return rest;
}

std::vector<Held> Thumbnailer::pausing(Nanoseconds at_least) const {
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& held) { return held.asked < at_least; });
    return found;
}

std::vector<Held> Thumbnailer::bystanders() const {
    std::vector<Held> found = Asking::bystanders();
    if (held_pauses > Nanoseconds::zero())
        std::erase_if(found, [&](const Held& held) { return held.asked >= held_pauses; });
    return found;
}

fs::path Thumbnailer::file_of(std::size_t number) const {
    return output(folder).outside / (name_of(number) + ".png");
}

std::size_t Thumbnailer::files() const {
    std::size_t found = 0;
    for (std::size_t i = 1; i <= plan_.pictures; ++i) found += fs::exists(file_of(i)) ? 1 : 0;
    return found;
}

bool Thumbnailer::has_told(std::size_t number) const {
    const Words lines = program.lines();
    return std::find(lines.begin(), lines.end(), line_of(number, plan_.width)) != lines.end();
}

std::string Thumbnailer::wrong_thumbnail(std::size_t number) const {
    const fs::path file = file_of(number);
    if (!fs::exists(file)) return "there is no thumbnail of " + name_of(number);
    const Picture expected = shrunk(picture_of(number), plan_.width);
    Picture found;
    try {
        found = decoded(read_file(file), {0});
    } catch (const std::runtime_error& error) {
        return "the thumbnail of " + name_of(number) + " cannot be decoded: " + error.what();
    }
    if (found.width != expected.width || found.height != expected.height)
        return "the thumbnail of " + name_of(number) + " is " + std::to_string(found.width) + "x" +
               std::to_string(found.height) + " pixels, not " + std::to_string(expected.width) + "x" +
               std::to_string(expected.height);
    if (found.channels != expected.channels)
        return "the thumbnail of " + name_of(number) + " has lost its colours or its transparency";
    long difference = 0;
    for (std::size_t i = 0; i < expected.pixels.size(); ++i)
        difference += std::abs(found.pixels[i] - expected.pixels[i]);
    constexpr long most_for_each = 4;
    return difference <= most_for_each * static_cast<long>(expected.pixels.size())
               ? ""
               : "the thumbnail of " + name_of(number) + " shows another picture";
}

std::string Thumbnailer::wrong_album(Rest rest, const std::vector<std::size_t>& failing) {
    Words expected;
    const auto fails = [&](std::size_t i) { return std::find(failing.begin(), failing.end(), i) != failing.end(); };
    for (std::size_t i = 1; i <= plan_.pictures; ++i)
        expected.push_back(fails(i) ? failed_line_of(i) : line_of(i, plan_.width));
    for (const std::string& path : plan_.strange) expected.push_back(name_in_line(path) + ": failed: ");
    const std::size_t well = plan_.pictures - failing.size(), all = plan_.pictures + plan_.strange.size();
    expected.push_back(std::to_string(well) + " of " + std::to_string(all) + " pictures, ");
    const int code = well == all ? 0 : 1;
    std::string wrong = wrong_finish(rest, expected, code);
    if (wrong.empty() && !is_line(program.lines().back(), expected.back()))
        wrong = "the last line is " + in_quotes(program.lines().back()) + ", not \"" + expected.back() + "S s\"";
    for (std::size_t i = 1; i <= plan_.pictures && wrong.empty(); ++i)
        if (!fails(i)) wrong = wrong_thumbnail(i);
    return wrong;
}

std::string Thumbnailer::wrong_album_but(Rest rest, const std::vector<std::size_t>& perhaps) {
    std::set<std::size_t> failing(perhaps.begin(), perhaps.end());
    std::erase_if(failing, [&](std::size_t number) { return has_told(number); });
    return wrong_album(rest, {failing.begin(), failing.end()});
}
