#include "support/frame.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "support/write_all.hpp"

namespace {

// One read may bring less than was asked for.
bool read_all(int descriptor, char* bytes, std::size_t size) {
    for (std::size_t had = 0; had < size;) {
        const ssize_t got = read(descriptor, bytes + had, size - had);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        had += static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

bool write_frame(int descriptor, const std::string& message) {
    const std::uint64_t size = message.size();
    std::string frame(sizeof size, '\0');
    std::memcpy(frame.data(), &size, sizeof size);
    frame += message;  // in one piece: a small message is whole in the pipe, or not in it at all
    return write_all(descriptor, frame);
}

std::optional<std::string> read_frame(int descriptor) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 30;
    std::uint64_t size = 0;
    if (!read_all(descriptor, reinterpret_cast<char*>(&size), sizeof size) || size > largest) return std::nullopt;
    std::string message(size, '\0');
    if (!read_all(descriptor, message.data(), message.size())) return std::nullopt;
    return message;
}
