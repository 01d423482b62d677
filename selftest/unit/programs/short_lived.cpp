// short_lived COUNT: so many threads, each joined before the next is made. Prints "done", or "refused".
#include <pthread.h>

#include <cstdio>
#include <cstdlib>

int main(int, char** argv) {
    for (int i = std::atoi(argv[1]); i > 0; --i) {
        pthread_t thread;
        const auto nothing = [](void*) -> void* { return nullptr; };
        if (pthread_create(&thread, nullptr, nothing, nullptr) != 0) {
            std::puts("refused");
            return 1;
        }
        pthread_join(thread, nullptr);
    }
    std::puts("done");
}
