// Right    One pidfd per child. The parent polls all of them, without a time-out, and reaps children as they end.

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

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
    std::vector<pid_t> children;
    std::vector<pollfd> ends;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        children.push_back(child);
        ends.push_back({static_cast<int>(syscall(SYS_pidfd_open, child, 0)), POLLIN, 0});
    }
    bool failed = false;
    for (std::size_t running = children.size(); running > 0;) {
        poll(ends.data(), ends.size(), -1);
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0) continue;
            int status = 0;
            waitpid(children[i], &status, 0);
            failed |= status != 0;
            close(ends[i].fd);
            ends[i].fd = -1;  // poll passes over it from now on
            --running;
        }
    }
    return failed ? 1 : 0;
}
