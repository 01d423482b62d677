#include "grader/stage/rename_call.hpp"

#include <sys/syscall.h>

#include <climits>

#include "grader/proc/memory.hpp"

namespace {

bool names_folders(long call) {  // each of its names stands behind a folder's descriptor
#ifdef SYS_renameat
    if (call == SYS_renameat) return true;
#endif
    return call == SYS_renameat2 || call == SYS_linkat;
}

// A byte at a time: the next one may be on a page that is not there.
std::string text_at(pid_t thread, unsigned long address) {
    std::string text;
    for (char byte = 0; text.size() < PATH_MAX && read_memory(thread, address + text.size(), &byte, 1); text += byte)
        if (byte == '\0') return text;
    return "";
}

}  // namespace

std::string new_name(pid_t thread, const seccomp_data& data) {
    return text_at(thread, data.args[names_folders(data.nr) ? 3 : 1]);
}
