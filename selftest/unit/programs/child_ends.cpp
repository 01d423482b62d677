// Waits for its child, which sleeps and then ends: child_ends pauses|suspends. Who pauses has looked before, and may
// sleep through the signal that comes between the two.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace {

volatile sig_atomic_t ended = 0;

extern "C" void on_child_end(int) {
    ended = 1;
}

}  // namespace

int main(int, char** argv) {
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, before;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    const bool suspends = std::string(argv[1]) == "suspends";
    if (suspends) sigprocmask(SIG_BLOCK, &child_ends, &before);
    if (fork() == 0) {
        usleep(200'000);
        _exit(0);
    }
    while (ended == 0) {
        if (suspends) sigsuspend(&before);
        else pause();
    }
    wait(nullptr);
    std::puts("heard");
}
