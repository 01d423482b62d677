// Wrong    Waits for end of file on a pipe instead of the children, and never reaps them.
// Caught   reaps every child process

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    int done[2];
    if (pipe(done) != 0) return 1;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(write(done[1], "!", 1) == 1 ? 0 : 1);
        }
    }
    close(done[1]);
    std::size_t good = 0;
    for (char mark; read(done[0], &mark, 1) == 1;) ++good;
    return good == options.names.size() ? 0 : 1;
}
