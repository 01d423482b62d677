#include "grader/part_write.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "grader/descriptor_copy.hpp"
#include "grader/timed_call.hpp"

namespace {

// The first bytes of what a write or writev was given.
std::string first_bytes(pid_t thread, const seccomp_data& call, std::size_t bytes) {
    iovec first{reinterpret_cast<void*>(call.args[1]), call.args[2]};
    if (call.nr == SYS_writev) {
        for (std::size_t i = 0; i < call.args[2]; ++i) {
            if (!read_memory(thread, call.args[1] + i * sizeof first, &first, sizeof first)) return "";
            if (first.iov_len > 0) break;
        }
    }
    std::string text(std::min(bytes, first.iov_len), '\0');
    return read_memory(thread, reinterpret_cast<unsigned long>(first.iov_base), text.data(), text.size()) ? text : "";
}

}  // namespace

bool is_pipe(pid_t process, int descriptor) {
    struct stat file {};
    const std::string path = "/proc/" + std::to_string(process) + "/fd/" + std::to_string(descriptor);
    return stat(path.c_str(), &file) == 0 && S_ISFIFO(file.st_mode);
}

long write_part(pid_t thread, const seccomp_data& call, std::size_t bytes) {
    constexpr std::size_t never_blocks = 4096;  // PIPE_BUF: a pipe that is ready has room for it
    const std::string part = first_bytes(thread, call, std::min(bytes, never_blocks));
    const std::string process = status_line(thread, "Tgid");
    const Descriptor copy = process.empty() ? Descriptor() : copy_of(std::stoi(process), static_cast<int>(call.args[0]));
    if (!copy.is_open()) return -EBADF;
    pollfd room{copy.number(), POLLOUT, 0};
    if (poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0) return -EAGAIN;
    const long taken = write(copy.number(), part.data(), part.size());
    return taken < 0 ? -errno : taken;
}
