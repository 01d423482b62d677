#include "grader/contain/keeper.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <system_error>

#include "grader/contain/child.hpp"
#include "grader/contain/scratch.hpp"

namespace {

constexpr int kit_failed = 3;

// Those that ask for the end, but for those that are ignored: then whoever started us wants it so.
sigset_t ends() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        struct sigaction now = {};
        if (sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&set, number);
    }
    return set;
}

[[noreturn]] void end_by(int number) {
    signal(number, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
    _exit(128 + number);
}

// The parent's part.
int keep(pid_t worker, const sigset_t& awaited, const std::vector<Leftovers>& leftovers) {
    while (true) {
        const int number = sigwaitinfo(&awaited, nullptr);
        if (number < 0) continue;
        if (number != SIGCHLD) {
            kill(worker, SIGKILL);
            end_all_below();
            sweep(leftovers);
            end_by(number);
        }
        int status = 0;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
            if (ended != worker) continue;
            end_all_below();
            if (WIFEXITED(status)) return WEXITSTATUS(status);
            sweep(leftovers);
            std::cerr << "kit: could not grade: the grader itself " << describe(Ending{true, WTERMSIG(status)})
                      << "; where memory ran out, give it more\n";
            return kit_failed;
        }
    }
}

// The guard's part: nothing, while the parent lives. The worker's threads must not start and make more of what is being
// ended and removed, so it is stopped first; and it lives until all is ended, since orphans are its own.
[[noreturn]] void guard(pid_t worker, int lives, const std::vector<Leftovers>& leftovers) {
    char nothing;
    while (read(lives, &nothing, 1) < 0 && errno == EINTR) {
    }
    kill(worker, SIGSTOP);
    end_all_below_stopped(worker);
    sweep(leftovers);
    _exit(kit_failed);
}

pid_t forked() {
    const pid_t process = fork();
    if (process < 0) throw std::system_error(errno, std::generic_category(), "fork");
    return process;
}

}  // namespace

void sweep(const std::vector<Leftovers>& leftovers) {
    for (const Leftovers& left : leftovers) sweep_scratch(left.parent, left.prefix);
}

int kept(const std::vector<Leftovers>& leftovers, const std::function<int()>& work) {
    sweep(leftovers);  // an older grading's
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    int lives[2];  // at its end once the parent is gone
    if (pipe2(lives, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    sigset_t awaited = ends(), before;
    sigaddset(&awaited, SIGCHLD);
    sigprocmask(SIG_BLOCK, &awaited, &before);
    const pid_t worker = forked();
    if (worker > 0) {
        if (forked() == 0) {
            close(lives[1]);
            guard(worker, lives[0], leftovers);
        }
        close(lives[0]);
        return keep(worker, awaited, leftovers);
    }
    close(lives[0]);
    close(lives[1]);
    sigprocmask(SIG_SETMASK, &before, nullptr);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    return work();
}
