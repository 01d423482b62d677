// Right    A record lock keeps lines whole. The kernel releases it when a process ends, killed or not.

#include <fcntl.h>
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

int file = -1;

void lock_file(short kind) {
    struct flock all = {};
    all.l_type = kind;
    all.l_whence = SEEK_SET;
    while (fcntl(file, F_SETLKW, &all) < 0 && errno == EINTR) {
    }
}

void say(const std::string& line) {
    lock_file(F_WRLCK);
    std::cout << line << std::endl;
    lock_file(F_UNLCK);
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
    file = memfd_create("lines", MFD_CLOEXEC);
    if (file < 0) return 1;
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
