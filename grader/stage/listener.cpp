#include "grader/stage/listener.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <cerrno>

namespace {

// Of kernels from 6.6 on, and their headers; others refuse them.
constexpr unsigned long set_flags = _IOW(SECCOMP_IOC_MAGIC, 4, std::uint64_t);
constexpr unsigned long wake_on_own_processor = 1;  // SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP

}  // namespace

// Whoever calls waits for us, and we for the next call: on one processor that takes no message between two.
Listener::Listener(int descriptor) : descriptor_(descriptor) {
    ioctl(descriptor, set_flags, wake_on_own_processor);
}

std::optional<seccomp_notif> Listener::receive() {
    pollfd ready{descriptor(), POLLIN, 0};
    if (poll(&ready, 1, 0) <= 0 || (ready.revents & POLLIN) == 0) return std::nullopt;
    seccomp_notif call{};
    if (ioctl(descriptor(), SECCOMP_IOCTL_NOTIF_RECV, &call) != 0)
        return std::nullopt;  // its thread was killed meanwhile
    return call;
}

void Listener::proceed(std::uint64_t call) {
    seccomp_notif_resp response{};
    response.id = call;
    response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ioctl(descriptor(), SECCOMP_IOCTL_NOTIF_SEND, &response);
}

bool Listener::answer(std::uint64_t call, long result) {
    seccomp_notif_resp response{};
    response.id = call;
    if (result < 0) response.error = static_cast<int>(result);
    else response.val = result;
    return ioctl(descriptor(), SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

bool Listener::waits(std::uint64_t call) const {
    return ioctl(descriptor(), SECCOMP_IOCTL_NOTIF_ID_VALID, &call) == 0;
}

int Listener::give(std::uint64_t call, int descriptor, bool close_on_exec) {
    seccomp_notif_addfd copy{};
    copy.id = call;
    copy.srcfd = static_cast<unsigned>(descriptor);
    copy.newfd_flags = close_on_exec ? O_CLOEXEC : 0;
    const int number = ioctl(this->descriptor(), SECCOMP_IOCTL_NOTIF_ADDFD, &copy);
    return number < 0 ? -errno : number;
}
