// Ends in some way: ends exit CODE | signal NUMBER | thread CODE | exec. It prints who it was.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

int main(int argc, char** argv) {
    const std::string way = argv[1];
    const int number = argc > 2 ? std::atoi(argv[2]) : 0;
    if (way == "exit") return number;
    if (way == "signal") raise(number);
    if (way == "thread") {  // the main thread is the first to go
        std::thread([number] { std::exit(number); }).detach();
        pthread_exit(nullptr);
    }
    if (way == "exec") {
        std::puts("before");
        execl("/proc/self/exe", argv[0], "last", nullptr);
    }
    std::puts("after");
}
