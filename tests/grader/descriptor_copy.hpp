// A copy of a descriptor that the program under test has: to look at what stands behind it. A container of default
// rights refuses that (pidfd_getfd(2)): nothing may depend on it alone.
#pragma once

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>

#include "support/descriptor.hpp"

// Not open where the process is gone, has no such descriptor, or the system refuses; errno tells.
inline Descriptor copy_of(pid_t process, int descriptor) {
    const Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    if (!handle.is_open()) return Descriptor();
    Descriptor copy(static_cast<int>(syscall(SYS_pidfd_getfd, handle.number(), descriptor, 0)));
    return copy;
}

inline bool copying_is_refused(int error) {
    return error == EPERM || error == ENOSYS;
}
