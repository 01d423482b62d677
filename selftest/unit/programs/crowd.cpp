// crowd CHILDREN THREADS: so many children with so many further threads each, who all wait. Prints "all there".
#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {
void* wait_for_ever(void*) {
    while (true) pause();
}
}  // namespace

int main(int, char** argv) {
    for (int child = std::atoi(argv[1]); child > 0; --child) {
        if (fork() != 0) continue;
        pthread_t thread;
        for (int i = std::atoi(argv[2]); i > 0; --i) pthread_create(&thread, nullptr, wait_for_ever, nullptr);
        wait_for_ever(nullptr);
    }
    std::puts("all there");
    wait_for_ever(nullptr);
}
