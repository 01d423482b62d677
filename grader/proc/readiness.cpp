#include "grader/proc/readiness.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>

#include "grader/proc/program_descriptor.hpp"
#include "grader/proc/socket_state.hpp"
#include "grader/proc/tasks.hpp"

namespace {

constexpr int deepest = 5;  // epoll sets in one another, as the kernel allows

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// A pipe, a terminal or a file, opened once more in the same direction.
bool opened_anew_is_ready(pid_t process, const pollfd& wanted) {
    const std::string flags = shown_of(process, wanted.fd, "flags");
    const int mode = flags.empty() ? O_RDONLY : static_cast<int>(std::stol(flags, nullptr, 8)) & O_ACCMODE;
    const Descriptor again(open(path_of(process, wanted.fd).c_str(), mode | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!again.is_open()) {
        // A write end that nobody reads from cannot be opened, and is ready: poll tells the error.
        return errno == ENXIO && mode == O_WRONLY;
    }
    pollfd look{again.number(), wanted.events, 0};
    return poll(&look, 1, 0) > 0;
}

bool is_ready_at_depth(pid_t process, const pollfd& wanted, int depth);

// Each descriptor of an epoll set is a line of its own: "tfd:        5 events:       19 data: ..."
bool epoll_set_is_ready(pid_t process, int descriptor, int depth) {
    std::ifstream lines("/proc/" + std::to_string(process) + "/fdinfo/" + std::to_string(descriptor));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("tfd:", 0) != 0) continue;
        std::istringstream fields(line);
        std::string skip;
        pollfd entry{};
        unsigned events = 0;
        fields >> skip >> entry.fd >> skip >> std::hex >> events;
        entry.events = static_cast<short>(events & 0xffff);  // EPOLLIN and the others are poll's own
        if (is_ready_at_depth(process, entry, depth + 1)) return true;
    }
    return false;
}

bool is_ready_at_depth(pid_t process, const pollfd& wanted, int depth) {
    std::error_code gone;
    const std::string leads_to = std::filesystem::read_symlink(path_of(process, wanted.fd), gone).string();
    if (gone) return true;  // the kernel reports a descriptor that is not open at once
    const bool to_read = (wanted.events & POLLIN) != 0, to_write = (wanted.events & POLLOUT) != 0;
    if (leads_to.front() == '/' || leads_to.rfind("pipe:", 0) == 0) return opened_anew_is_ready(process, wanted);
    if (has(leads_to, "[eventfd]")) {
        const std::string count = shown_of(process, wanted.fd, "eventfd-count");
        return to_write || (to_read && !count.empty() && std::stoull(count, nullptr, 16) > 0);
    }
    if (has(leads_to, "[timerfd]")) return to_read && shown_of(process, wanted.fd, "ticks") != "0";
    if (has(leads_to, "[eventpoll]") && depth < deepest)
        return to_read && epoll_set_is_ready(process, wanted.fd, depth);
    if (has(leads_to, "[signalfd]")) {
        const unsigned long set = std::stoul("0" + shown_of(process, wanted.fd, "sigmask"), nullptr, 16);
        return to_read && signal_is_pending(process, set);
    }
    if (has(leads_to, "pidfd")) {
        const std::string other = shown_of(process, wanted.fd, "Pid");
        return to_read && (other.empty() || other == "-1" || task_of(std::stoi(other), std::stoi(other)).ended());
    }
    if (const std::optional<SocketState> state = socket_state(process, wanted.fd))
        return (to_read && state->readable) || (to_write && state->writable);
    throw std::runtime_error("cannot tell whether " + leads_to +
                             " of the program is ready: this system refuses pidfd_getfd and sock_diag. "
                             "In a container, allow --cap-add=SYS_PTRACE");
}

// None where copies are refused.
std::optional<bool> copies_are_ready(pid_t process, std::vector<pollfd> wanted) {
    std::vector<Descriptor> copies;
    for (pollfd& entry : wanted) {
        if (entry.fd < 0) continue;
        copies.push_back(copy_of(process, entry.fd));
        if (!copies.back().is_open() && copying_is_refused(errno)) return std::nullopt;
        if (!copies.back().is_open()) return true;  // the kernel reports one that is not open at once
        entry.fd = copies.back().number();
    }
    return poll(wanted.data(), wanted.size(), 0) > 0;
}

}  // namespace

bool any_ready(pid_t process, const std::vector<pollfd>& wanted) {
    if (const std::optional<bool> ready = copies_are_ready(process, wanted)) return *ready;
    return std::any_of(wanted.begin(), wanted.end(), [process](const pollfd& entry) {
        return entry.fd >= 0 && is_ready_from_outside(process, entry);
    });
}

bool is_ready_from_outside(pid_t process, const pollfd& wanted) {
    return is_ready_at_depth(process, wanted, 0);
}
