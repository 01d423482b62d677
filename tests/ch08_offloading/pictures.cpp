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

namespace {

Rest settle_once(Program& program, const std::function<bool()>& awaited) {
    constexpr double far_more = 8, after_that = 1;  // seconds
    static bool spins = false;                      // a criterion's process has little time for who does
    const double before = processor_seconds_of(program.process());
    for (;;) {
        const Rest rest = program.settle();
        if (rest != Rest::spinning || program.flooded() || (awaited && !awaited())) return rest;
        if (processor_seconds_of(program.process()) - before < (spins ? after_that : far_more)) continue;
        spins = true;
        return rest;
    }
}

std::vector<Held> plain_sleepers(const Program& program) {
    std::vector<Held> sleepers = program.asleep();
    std::erase_if(sleepers, [](const Held& held) { return waits_for_descriptors(task_of(held.process, held.thread)); });
    return sleepers;
}

}  // namespace

Rest settle_computing(Program& program, const std::function<bool()>& awaited) {
    Rest rest = settle_once(program, awaited);
    for (int idle = 0; rest == Rest::standstill && idle < 2;) {
        const std::vector<Held> sleepers = plain_sleepers(program);
        if (sleepers.empty()) break;
        const auto progress = [&] {
            return program.output().size() + program.errors().size() + program.tasks().size();
        };
        const std::size_t before = progress();
        for (const Held& held : sleepers) program.wake(held);
        rest = settle_once(program, awaited);
        idle = progress() == before ? idle + 1 : 0;
    }
    return rest;
}

bool run_until_used(Program& program, double seconds) {
    std::vector<Task> looked;
    while (processor_seconds_of(program.process()) < seconds) {
        const bool moved = program.pump();
        const std::vector<Task> now = program.tasks();
        const bool rests = !moved && proves_standstill(looked, now);
        if (rests && program.settle() != Rest::spinning) return processor_seconds_of(program.process()) >= seconds;
        looked = now;
        program.pause();
    }
    return true;
}
