// Runs into the limit of what it names: limits files|descriptors|memory|processor.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

int main(int, char** argv) {
    const std::string what = argv[1];
    signal(SIGXFSZ, SIG_IGN);
    if (what == "descriptors") {
        int open = 0;
        while (dup(0) >= 0) ++open;
        std::printf("%s after %d\n", std::strerror(errno), open);
    } else if (what == "files") {
        const std::vector<char> block(1 << 20);
        const int file = ::open("big", O_CREAT | O_WRONLY, 0600);
        int written = 0;
        while (write(file, block.data(), block.size()) > 0) ++written;
        std::printf("%s after %d MiB\n", std::strerror(errno), written);
    } else if (what == "memory") {
        int taken = 0;  // of addresses alone
        while (mmap(nullptr, 1ul << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) ++taken;
        std::printf("%s after %d GiB\n", std::strerror(errno), taken);
    } else {
        rlimit limit{};
        getrlimit(RLIMIT_CPU, &limit);
        std::printf("%lu s\n", static_cast<unsigned long>(limit.rlim_max));
    }
}
