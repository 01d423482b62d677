#include "grader/stage/socket_timeouts.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include <cerrno>

#include "grader/contain/timed_calls.hpp"
#include "grader/proc/memory.hpp"
#include "grader/proc/program_descriptor.hpp"

namespace {

// 0 where there is none.
unsigned long socket_of(pid_t process, int descriptor) {
    struct stat file = {};
    return stat(path_of(process, descriptor).c_str(), &file) == 0 && S_ISSOCK(file.st_mode) ? file.st_ino : 0;
}

// Both options have a second number, for time that does not end in 2038; on 64 bits it means the same.
int option_of(unsigned long number) {
    if (number == SO_RCVTIMEO || number == socket_receive_timeout_2038) return SO_RCVTIMEO;
    if (number == SO_SNDTIMEO || number == socket_send_timeout_2038) return SO_SNDTIMEO;
    return 0;
}

// Which of them bounds this call; 0 for one that no socket's time-out ends.
int bounded_by(long call) {
    switch (call) {
        case SYS_read:
        case SYS_readv:
        case SYS_recvfrom:
        case SYS_recvmsg:
        case SYS_recvmmsg:
        case SYS_accept:
        case SYS_accept4: return SO_RCVTIMEO;
        case SYS_connect:
        case SYS_write:
        case SYS_writev:
        case SYS_sendto:
        case SYS_sendmsg:
        case SYS_sendmmsg: return SO_SNDTIMEO;
        default: return 0;
    }
}

}  // namespace

bool SocketTimeouts::set(pid_t process, pid_t thread, const seccomp_data& data) {
    const int option = data.args[1] == SOL_SOCKET ? option_of(data.args[2]) : 0;
    const unsigned long socket = socket_of(process, static_cast<int>(data.args[0]));
    timeval value{};
    if (option == 0 || socket == 0 || data.args[4] < sizeof value) return false;
    if (!read_memory(thread, data.args[3], &value, sizeof value)) return false;
    if (value.tv_sec < 0 || value.tv_usec < 0 || value.tv_usec >= 1'000'000) return false;
    const Nanoseconds asked = std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
    if (asked == Nanoseconds::zero()) timeouts_.erase({socket, option});  // for ever
    else timeouts_[{socket, option}] = asked;
    return true;
}

std::optional<Nanoseconds> SocketTimeouts::of(const Task& task) const {
    const int option = task.blocked() ? bounded_by(task.call) : 0;
    if (timeouts_.empty() || option == 0) return std::nullopt;
    const auto found = timeouts_.find({socket_of(task.process, static_cast<int>(task.argument[0])), option});
    if (found == timeouts_.end()) return std::nullopt;
    return found->second;
}

long SocketTimeouts::on_expiry(const Task& task) {
    return task.call == SYS_connect ? -EINPROGRESS : -EAGAIN;
}
