// Wrong    Each child prints only after its neighbour has passed it the turn through a pipe.
// Caught   any actor may run ahead of the others
// Also     sleeps one tick after each number
// Also     exits 1 when a child is killed
// Also     exits 1 when a child ends with a status other than 0

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

using Pipe = std::array<int, 2>;

void count_down(const std::string& name, int from, Duration tick, const Pipe& mine, const Pipe& next) {
    char turn = 'T';
    for (int k = from; k >= 1; --k) {
        if (read(mine[0], &turn, 1) != 1) _exit(1);
        print_line("Process ", name, " is counting down: ", k, "...");
        if (write(next[1], &turn, 1) != 1) _exit(1);
        std::this_thread::sleep_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    const std::size_t actors = options.names.size();
    std::vector<Pipe> pipes(actors);
    for (Pipe& ends : pipes) {
        if (pipe(ends.data()) != 0) return 1;
    }
    if (write(pipes[0][1], "T", 1) != 1) return 1;
    for (std::size_t i = 0; i < actors; ++i) {
        if (fork() == 0) {
            count_down(options.names[i], options.from, options.tick, pipes[i], pipes[(i + 1) % actors]);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
