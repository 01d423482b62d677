// Wrong    A child takes a byte from a pipe, prints, and puts it back. If it is killed in between, the byte is lost.
// Caught   exits 1 when a child is killed

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

int token[2];

void say(const std::string& line) {
    char byte = 0;
    if (read(token[0], &byte, 1) != 1) _exit(1);
    std::cout << line << std::endl;
    if (write(token[1], &byte, 1) != 1) _exit(1);
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
    if (pipe(token) != 0 || write(token[1], "t", 1) != 1) return 1;
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
