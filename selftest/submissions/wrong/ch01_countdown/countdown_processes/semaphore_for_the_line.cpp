// Wrong    A semaphore in shared memory lets one child print at a time. A child that is killed never posts it.
// Caught   exits 1 when a child is killed

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

sem_t* printing = nullptr;  // in memory that all actors share

void say(const std::string& line) {
    sem_wait(printing);
    std::cout << line << std::endl;
    sem_post(printing);
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
    printing = static_cast<sem_t*>(memory);
    sem_init(printing, 1, 1);
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
