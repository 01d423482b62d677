// What a file is, whatever its name and whoever has it open: the program's stdout is recognised by this.
#pragma once

#include <sys/types.h>

#include <optional>

struct FileIdentity {
    unsigned long device = 0, inode = 0;
    bool operator==(const FileIdentity&) const = default;
};

// Of a descriptor of the caller's own, and of one of another process. None where there is no such descriptor. Safe
// from any thread.
std::optional<FileIdentity> identity_of(int descriptor);
std::optional<FileIdentity> identity_of(pid_t process, int descriptor);
