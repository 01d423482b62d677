// Right    A robust mutex in shared memory keeps lines whole: if its owner is killed, the next process gets it.

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

pthread_mutex_t* printing = nullptr;  // in memory that all actors share

void say(const std::string& line) {
    if (pthread_mutex_lock(printing) == EOWNERDEAD) pthread_mutex_consistent(printing);
    std::cout << line << std::endl;
    pthread_mutex_unlock(printing);
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        say("Process " + name + " is counting down: " + std::to_string(k) + "...");
        std::this_thread::sleep_for(tick);
    }
    say("Process " + name + " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    void* memory = mmap(nullptr, sizeof *printing, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 1;
    printing = static_cast<pthread_mutex_t*>(memory);
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(printing, &kind);
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
