#include "grader/proc/program_descriptor.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

std::string path_of(pid_t process, int number) {
    return "/proc/" + std::to_string(process) + "/fd/" + std::to_string(number);
}

std::string shown_of(pid_t process, int number, const std::string& name) {
    std::ifstream lines("/proc/" + std::to_string(process) + "/fdinfo/" + std::to_string(number));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(name + ":", 0) != 0) continue;
        const std::size_t begin = line.find_first_not_of(" \t", name.size() + 1);
        return begin == std::string::npos ? "" : line.substr(begin);
    }
    return "";
}

Descriptor copy_of(pid_t process, int number) {
    const Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    if (!handle.is_open()) return Descriptor();
    return Descriptor(static_cast<int>(syscall(SYS_pidfd_getfd, handle.number(), number, 0)));
}

bool copying_is_refused(int error) {
    return error == EPERM || error == ENOSYS;
}
