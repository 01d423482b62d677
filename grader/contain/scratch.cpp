#include "grader/contain/scratch.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace {

namespace fs = std::filesystem;

int open_folder(const fs::path& path) {
    return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

// Still there, and not removed by a sweep that came between its making and its lock.
bool is_there(int folder) {
    struct stat status = {};
    return fstat(folder, &status) == 0 && status.st_nlink > 0;
}

}  // namespace

Scratch::Scratch(const fs::path& parent, const std::string& prefix) {
    while (true) {
        std::string pattern = (parent / (prefix + "XXXXXX")).string();
        if (!mkdtemp(pattern.data()))
            throw std::runtime_error("cannot make a folder in " + parent.string() + ": " + std::strerror(errno));
        path_ = pattern;
        lock_ = open_folder(path_);
        if (lock_ < 0 && errno != ENOENT)
            throw std::runtime_error("cannot open " + pattern + ": " + std::strerror(errno));
        if (lock_ < 0) continue;
        // A system of files without locks has nobody who sweeps by them either.
        const bool locked = flock(lock_, LOCK_EX) == 0;
        if (!locked || is_there(lock_)) return;
        close(lock_);
    }
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    close(lock_);
}

void sweep_scratch(const fs::path& parent, const std::string& prefix) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().filename().string().rfind(prefix, 0) == 0) found.push_back(entry->path());
    for (const fs::path& path : found) {
        const int folder = open_folder(path);
        if (folder < 0) continue;
        std::error_code ignored;
        if (flock(folder, LOCK_EX | LOCK_NB) == 0) fs::remove_all(path, ignored);
        close(folder);
    }
}
