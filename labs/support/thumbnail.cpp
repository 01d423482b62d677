#include "support/thumbnail.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <new>
#include <stdexcept>

#include "support/decode.hpp"
#include "support/descriptor.hpp"
#include "support/encode.hpp"
#include "support/shrink.hpp"
#include "support/write_all.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t most_pixels = 100'000'000;

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

// Under another name until it is whole. Renaming a file is a single step, so no program ever sees it half done. The other
// name begins with a dot, and is one that mkostemp(3) found free.
void write_whole(const fs::path& file, const std::string& bytes) {
    std::string unfinished = (file.parent_path() / ".unfinished.XXXXXX").string();
    const Descriptor out(mkostemp(unfinished.data(), O_CLOEXEC));
    if (!out.is_open()) fail("cannot be written");
    try {
        if (!write_all(out.number(), bytes)) fail("cannot be written");
        if (fchmod(out.number(), 0644) != 0 || rename(unfinished.c_str(), file.c_str()) != 0) fail("cannot be written");
    } catch (...) {
        unlink(unfinished.c_str());
        throw;
    }
}

std::string size_of(const Picture& picture) {
    return std::to_string(picture.width) + "x" + std::to_string(picture.height);
}

}  // namespace

Result make_thumbnail(const Listed& picture, const Downloaded& downloaded, const ThumbnailOptions& options) {
    if (!downloaded.ok) return {false, "failed: " + downloaded.why};
    try {
        const Picture whole = decoded(downloaded.bytes, {0, most_pixels});
        const Picture small = shrunk(whole, options.width);
        write_whole(fs::path(options.out) / (picture.name + ".png"), png_of(small));
        return {true, size_of(whole) + " -> " + size_of(small)};
    } catch (const std::bad_alloc&) {
        return {false, "failed: there is not enough memory for it"};
    } catch (const std::runtime_error& error) {
        return {false, std::string("failed: ") + error.what()};
    }
}
