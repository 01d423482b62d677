// Wrong    Writes each line in three calls to write.
// Caught   writes every line whole
// Says     wrote "Process
// Also     prints every actor's lines in order
// Also     waits for the slowest actor
// Also     has no memory error

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"

void put(const std::string& text) {
    if (write(STDOUT_FILENO, text.data(), text.size()) < 0) _exit(1);
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        put("Process " + name);
        put(" is counting down: ");
        put(std::to_string(k) + "...\n");
        std::this_thread::sleep_for(tick);
    }
    put("Process " + name);
    put(" finished counting down\n");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
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
