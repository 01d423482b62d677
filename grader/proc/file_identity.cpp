#include "grader/proc/file_identity.hpp"

#include <sys/stat.h>

#include "grader/proc/program_descriptor.hpp"

std::optional<FileIdentity> identity_of(int descriptor) {
    struct stat file = {};
    if (fstat(descriptor, &file) != 0) return std::nullopt;
    return FileIdentity{file.st_dev, file.st_ino};
}

std::optional<FileIdentity> identity_of(pid_t process, int descriptor) {
    struct stat file = {};
    if (stat(path_of(process, descriptor).c_str(), &file) != 0) return std::nullopt;
    return FileIdentity{file.st_dev, file.st_ino};
}
