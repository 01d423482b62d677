// One write may take less than it was given: this one goes on until all of it is taken.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

// Blocks for as long as it takes. False, and errno, where the system refuses.
inline bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t taken = write(descriptor, bytes.data(), bytes.size());
        if (taken >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd room{descriptor, POLLOUT, 0};  // somebody made it non-blocking: wait for room
            poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}
