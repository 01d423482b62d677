#include "grader/proc/task_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>

#include "support/descriptor.hpp"

namespace {

constexpr std::size_t files_of_a_thread = 5;
constexpr const char* names[files_of_a_thread] = {"syscall", "stat", "status", "children", "schedstat"};

std::string folder_of(pid_t process) {
    return "/proc/" + std::to_string(process) + "/task";
}

struct CloseFolder {
    void operator()(DIR* folder) const { closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

struct Kept {
    std::array<Descriptor, files_of_a_thread> files;
    Folder threads;  // of the process whose first thread this is
};

thread_local std::map<pid_t, Kept> kept;

bool may_keep() {
    constexpr rlim_t for_others = 1024;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= for_others) return false;
    return kept.size() * (files_of_a_thread + 1) < (limit.rlim_cur - for_others) / 2;
}

// 0, or why it could not be read to its end. A read that leaves room for another row has seen the last one.
int read_from_start(int file, std::string& text) {
    constexpr std::size_t longest_row = 64;
    char buffer[4096];
    for (bool more = true; more;) {
        const ssize_t count = pread(file, buffer, sizeof buffer, static_cast<off_t>(text.size()));
        if (count < 0) return errno;
        text.append(buffer, static_cast<std::size_t>(count));
        more = static_cast<std::size_t>(count) + longest_row > sizeof buffer;
    }
    return 0;
}

// False where there are none: the process is gone, and its number may be another's by now.
bool list_threads(DIR* folder, std::vector<pid_t>& threads) {
    while (const dirent* entry = readdir(folder))
        if (entry->d_name[0] != '.') threads.push_back(static_cast<pid_t>(std::atol(entry->d_name)));
    std::sort(threads.begin(), threads.end());
    return !threads.empty();
}

}  // namespace

std::string read_task_file(pid_t process, pid_t thread, TaskFile file) {
    const auto which = static_cast<std::size_t>(file);
    std::string text;
    const auto known = kept.find(thread);
    if (known != kept.end() && known->second.files[which].is_open()) {
        if (read_from_start(known->second.files[which].number(), text) != ESRCH) return text;
        kept.erase(known);  // it is gone, and its number may be another's by now
        text.clear();
    }
    const std::string path = folder_of(process) + "/" + std::to_string(thread) + "/" + names[which];
    Descriptor opened(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open()) return text;
    read_from_start(opened.number(), text);
    if (may_keep()) kept[thread].files[which] = std::move(opened);
    return text;
}

std::vector<pid_t> threads_of(pid_t process) {
    std::vector<pid_t> threads;
    const auto known = kept.find(process);
    if (known != kept.end() && known->second.threads) {
        rewinddir(known->second.threads.get());
        if (list_threads(known->second.threads.get(), threads)) return threads;
        kept.erase(known);
    }
    Folder opened(opendir(folder_of(process).c_str()));
    if (opened && list_threads(opened.get(), threads) && may_keep()) kept[process].threads = std::move(opened);
    return threads;
}

void keep_task_files(const std::set<pid_t>& threads) {
    std::erase_if(kept, [&](const auto& entry) { return !threads.contains(entry.first); });
}
