#include "grader/stage/write_call.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "grader/proc/memory.hpp"
#include "grader/proc/program_descriptor.hpp"

namespace {

constexpr std::size_t most_parts = 1024;    // IOV_MAX
constexpr std::size_t never_blocks = 4096;  // PIPE_BUF: a pipe that is ready has room for it

WriteCall moved_by_kernel(const seccomp_data& data, int descriptor, int size) {
    return {static_cast<int>(data.args[descriptor]), data.args[size], {}, size};
}

bool read_parts(pid_t thread, unsigned long address, std::size_t count, std::vector<iovec>& parts) {
    parts.resize(std::min(count, most_parts));
    return read_memory(thread, address, parts.data(), parts.size() * sizeof(iovec));
}

}  // namespace

std::optional<WriteCall> write_call(pid_t thread, const seccomp_data& data) {
    WriteCall call;
    call.descriptor = static_cast<int>(data.args[0]);
    switch (data.nr) {
        case SYS_write:
        case SYS_sendto:
            call.parts = {{reinterpret_cast<void*>(data.args[1]), data.args[2]}};
            call.size_argument = 2;
            break;
        case SYS_sendmsg: {
            msghdr message = {};
            if (!read_memory(thread, data.args[1], &message, sizeof message)) return std::nullopt;
            const auto parts = reinterpret_cast<unsigned long>(message.msg_iov);
            if (!read_parts(thread, parts, message.msg_iovlen, call.parts)) return std::nullopt;
            break;
        }
        case SYS_writev:
        case SYS_pwritev2:
        case SYS_vmsplice:
            if (!read_parts(thread, data.args[1], data.args[2], call.parts)) return std::nullopt;
            break;
        case SYS_sendfile: return moved_by_kernel(data, 0, 3);
        case SYS_splice: return moved_by_kernel(data, 2, 4);
        case SYS_tee: return moved_by_kernel(data, 1, 2);
        default: return std::nullopt;
    }
    for (const iovec& part : call.parts) call.bytes += part.iov_len;
    return call;
}

std::string text_of(pid_t thread, const WriteCall& call, std::size_t most) {
    std::string text;
    for (const iovec& part : call.parts) {
        std::string piece(std::min(part.iov_len, most - text.size()), '\0');
        if (!read_memory(thread, reinterpret_cast<unsigned long>(part.iov_base), piece.data(), piece.size())) break;
        text += piece;
    }
    return text;
}

bool is_pipe(pid_t process, int descriptor) {
    struct stat file = {};
    return stat(path_of(process, descriptor).c_str(), &file) == 0 && S_ISFIFO(file.st_mode);
}

LocalSocket local_socket(pid_t process, int descriptor) {
    char protocol[32] = {};
    if (getxattr(path_of(process, descriptor).c_str(), "system.sockprotoname", protocol, sizeof protocol - 1) <= 0)
        return LocalSocket::none;
    const std::string_view name = protocol;
    if (name == "UNIX-STREAM") return LocalSocket::stream;
    return name == "UNIX" ? LocalSocket::messages : LocalSocket::none;
}

bool is_atomic(const WriteCall& call, LocalSocket socket) {
    if (socket == LocalSocket::stream) return call.size_argument < 0;
    return socket == LocalSocket::messages || call.bytes <= never_blocks;
}

long write_part(pid_t process, pid_t thread, const WriteCall& call, std::size_t bytes) {
    const std::string part = text_of(thread, call, std::min(bytes, never_blocks));
    // Opened anew and not copied: a container of default rights lets us do the one and refuses the other.
    const Descriptor pipe(open(path_of(process, call.descriptor).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    if (!pipe.is_open()) return errno == ENXIO ? -EPIPE : -errno;
    pollfd room{pipe.number(), POLLOUT, 0};
    if (poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0) return -EAGAIN;
    const long taken = write(pipe.number(), part.data(), part.size());
    return taken < 0 ? -errno : taken;
}
