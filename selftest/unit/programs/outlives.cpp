// Leaves processes behind that do what they can to stay: outlives MARKER [HOLD].
#include <signal.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char**) {
    for (int daemon = 0; daemon < 3; ++daemon) {
        if (fork() != 0) continue;
        setsid();
        for (int number = 1; number < NSIG; ++number) signal(number, SIG_IGN);
        if (fork() != 0) _exit(0);  // its child has lost its parent, and its group
        while (true) pause();
    }
    std::puts("daemons started");
    std::fflush(stdout);
    if (argc > 2) pause();
}
