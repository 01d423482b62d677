// Makes as many processes or threads as it can: bomb MARKER processes|threads. Prints "refused".
#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace {
void* wait_for_ever(void*) {
    while (true) pause();
}
}  // namespace

int main(int, char** argv) {
    const bool threads = std::string(argv[2]) == "threads";
    for (pthread_t thread;;) {
        if (threads && pthread_create(&thread, nullptr, wait_for_ever, nullptr) != 0) break;
        if (threads) continue;
        const pid_t child = fork();
        if (child < 0) break;
        if (child == 0) wait_for_ever(nullptr);
    }
    std::puts("refused");
}
