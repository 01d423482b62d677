// A child that writes to its parent, for the engine's tests: `pipes BYTES` writes BYTES in one go and then
// closes its end if told `close`; the parent reads to the end, and prints how much came in how many reads.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int, char** argv) {
    const std::string bytes(std::strtoul(argv[1], nullptr, 10), 'x');
    int ends[2];
    if (pipe(ends) != 0) return 1;
    if (fork() == 0) {
        close(ends[0]);
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t taken = write(ends[1], bytes.data() + sent, bytes.size() - sent);
            if (taken < 0) _exit(1);
            sent += static_cast<std::size_t>(taken);
        }
        _exit(0);
    }
    close(ends[1]);
    std::size_t total = 0, reads = 0;
    char piece[65536];
    for (ssize_t got; (got = read(ends[0], piece, sizeof piece)) > 0; ++reads) total += static_cast<std::size_t>(got);
    std::printf("%zu bytes in %zu reads\n", total, reads);
    std::fflush(stdout);
    int status = 0;
    wait(&status);
    std::printf("status %d\n", WEXITSTATUS(status));
}
