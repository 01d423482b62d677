// Child processes that sleep and then end: processes NAME... Waits for all, and says how they
// ended.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (fork() != 0) continue;
        usleep(200'000);
        std::printf("%s\n", argv[i]);
        return i;
    }
    for (int status; wait(&status) > 0;) std::printf("a child ended with %d\n", WEXITSTATUS(status));
}
