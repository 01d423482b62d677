// Writes a file, and gives it the name DONE in one step, by the call that is named: names CALL DONE
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <string>

int main(int, char** argv) {
    const std::string call = argv[1], done = argv[2], begun = done + ".begun";
    if (std::FILE* file = std::fopen(begun.c_str(), "w")) std::fclose(file);
    int failed = -1;
    if (call == "rename") failed = rename(begun.c_str(), done.c_str());
    if (call == "renameat") failed = renameat(AT_FDCWD, begun.c_str(), AT_FDCWD, done.c_str());
    if (call == "renameat2")
        failed = static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, begun.c_str(), AT_FDCWD, done.c_str(), 0));
    if (call == "link") failed = link(begun.c_str(), done.c_str());
    if (call == "linkat") failed = linkat(AT_FDCWD, begun.c_str(), AT_FDCWD, done.c_str(), 0);
    return failed == 0 ? 0 : 1;
}
