// Wrong    Sets unitbuf to lose nothing at fork. Now each piece of a line is a separate write.
// Caught   writes every line whole
// Also     prints every actor's lines in order
// Also     both actors count at the same time
// Also     waits for the slowest actor

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::cout << "Process " << name << " is counting down: " << k << "...\n";
        std::this_thread::sleep_for(tick);
    }
    std::cout << "Process " << name << " finished counting down\n";
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    std::cout << std::unitbuf;
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
