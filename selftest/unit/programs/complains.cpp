// Says its arguments on stderr, one a line, and exits with 66. A last argument "hang": waits for ever instead.
#include <cstdio>
#include <semaphore>
#include <string>

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (i == argc - 1 && argv[i] == std::string("hang")) std::binary_semaphore(0).acquire();
        std::fprintf(stderr, "%s\n", argv[i]);
    }
    return 66;
}
