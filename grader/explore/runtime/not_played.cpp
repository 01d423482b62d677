// What nobody plays: other programs and processes, the network, and signals and timers of the kernel's own. A program that
// asks for them is not explored any further, and no verdict comes of it.
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <csignal>
#include <ctime>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

// Of the given code, when the program is not played yet, none of these is asked for.
int leave() {
    stop(End::not_played);
}

}  // namespace

extern "C" {

int socket(int family, int type, int protocol) noexcept {
    static auto* const really = real(&socket, "socket");
    return family == AF_UNIX || !is_played() ? really(family, type, protocol) : leave();
}
pid_t fork() noexcept {
    static auto* const really = real(&fork, "fork");
    return is_played() ? leave() : really();
}
pid_t vfork() noexcept {
    return leave();
}
int posix_spawn(pid_t*, const char*, const posix_spawn_file_actions_t*, const posix_spawnattr_t*, char* const*,
                char* const*) noexcept {
    return leave();
}
int posix_spawnp(pid_t*, const char*, const posix_spawn_file_actions_t*, const posix_spawnattr_t*, char* const*,
                 char* const*) noexcept {
    return leave();
}
int execve(const char*, char* const*, char* const*) noexcept {
    return leave();
}
int execv(const char*, char* const*) noexcept {
    return leave();
}
int execvp(const char*, char* const*) noexcept {
    return leave();
}
int execvpe(const char*, char* const*, char* const*) noexcept {
    return leave();
}
int timerfd_create(clockid_t, int) noexcept {
    return leave();
}
int timer_create(clockid_t, sigevent*, timer_t*) noexcept {
    return leave();
}
int setitimer(__itimer_which_t, const itimerval*, itimerval*) noexcept {
    return leave();
}
unsigned alarm(unsigned) noexcept {
    return static_cast<unsigned>(leave());
}
int signalfd(int, const sigset_t*, int) noexcept {
    return leave();
}
int execl(const char*, const char*, ...) noexcept {
    return leave();
}
int execlp(const char*, const char*, ...) noexcept {
    return leave();
}
}
