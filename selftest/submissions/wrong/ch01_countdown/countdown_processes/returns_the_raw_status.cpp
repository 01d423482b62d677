// Wrong    Returns the raw status that wait stored: 9 for a killed child, and 0 for exit(3).
// Caught   exits 1 when a child is killed
// Also     exits 1 when a child ends with a status other than 0

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
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    int result = 0;
    for (int status = 0; wait(&status) > 0;) {
        if (status != 0) result = status;
    }
    return result;
}
