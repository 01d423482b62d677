// One write may take less than it was given: this one goes on until all of it is taken.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>

// Blocks for as long as it takes. False, and errno, where the system refuses.
inline bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t taken = write(descriptor, bytes.data(), bytes.size());
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(taken));
    }
    return true;
}
