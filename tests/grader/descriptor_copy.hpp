// A copy of a descriptor that the program under test has: to look at what stands behind it.
#pragma once

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "support/descriptor.hpp"

// Not open where the process is gone or has no such descriptor.
inline Descriptor copy_of(pid_t process, int descriptor) {
    const Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    if (!handle.is_open()) return Descriptor();
    return Descriptor(static_cast<int>(syscall(SYS_pidfd_getfd, handle.number(), descriptor, 0)));
}
