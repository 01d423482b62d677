// The last step before the program under test, inside the container: limits, the
// stage's filter, then exec. launch_order.hpp says how it is told. The filter's listener goes to the grader
// over a socket; after it the sockets that the grader asks for, made here in the container's network.
//
// Ends with 125 and a line on stderr where the system refuses any of it.
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "grader/contain/filter.hpp"
#include "grader/contain/launch_order.hpp"
#include "grader/contain/loopback.hpp"
#include "grader/contain/passed_descriptor.hpp"

namespace {

[[noreturn]] void give_up(const char* step) {
    std::fprintf(stderr, "launch: %s: %s\n", step, std::strerror(errno));
    _exit(125);
}

// The lower of ours and of what the grader itself may have.
void limit(__rlimit_resource resource, rlim_t ours) {
    if (ours == 0) return;
    rlimit inherited{};
    if (getrlimit(resource, &inherited) != 0) give_up("getrlimit");
    const rlim_t most = std::min(ours, inherited.rlim_max);
    const rlimit limits{most, most};
    if (setrlimit(resource, &limits) != 0) give_up("setrlimit");
}

// Where memory runs out, the system is to end the program under test and nobody else.
void offer_to_be_killed() {
    const int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score < 0) return;
    [[maybe_unused]] const ssize_t written = write(score, "1000", 4);  // refused or not, the program runs
    close(score);
}

int install_filter(AlsoBefore also) {
    std::vector<sock_filter> code = stage_filter(also);
    sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up("no_new_privs");
    const long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    if (listener < 0) give_up("seccomp user notification");
    return static_cast<int>(listener);
}

void hand_over(int socket, int descriptor) {
    if (!send_descriptor(socket, descriptor)) give_up("handing over a descriptor");
}

}  // namespace

int main(int argc, char** argv) {
    const std::optional<LaunchOrder> read = launch_order_of({argv + 1, argv + argc});
    if (!read) {
        std::fprintf(stderr, "launch: started by the grader only\n");
        return 125;
    }
    const LaunchOrder& order = *read;
    int port = order.port;
    const int server = port == 0 ? -1 : listen_on_loopback(port);
    if (port != 0 && server < 0) give_up("listening for the grader");
    if (!order.preload.empty()) setenv("LD_PRELOAD", order.preload.c_str(), 1);
    if (order.fixed_addresses) personality(ADDR_NO_RANDOMIZE);
    limit(RLIMIT_CPU, order.cpu_seconds);
    limit(RLIMIT_FSIZE, order.file_bytes);
    limit(RLIMIT_AS, order.memory_bytes);
    limit(RLIMIT_NOFILE, order.descriptors);
    offer_to_be_killed();
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);

    // Whatever the grader's parents ignored or blocked is not the program's business.
    for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);

    // A program that is not there is told while the grader still takes that for the kit's failure.
    char** const program = argv + argc - order.program.size();
    if (access(program[0], X_OK) != 0) give_up(program[0]);

    const int listener = install_filter({order.processor_clocks, order.sends});
    hand_over(order.socket, listener);
    if (server >= 0) hand_over(order.socket, server);
    for (int calls = order.calls; calls > 0; --calls) {
        const int unconnected = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (unconnected < 0) give_up("a socket for the grader");
        hand_over(order.socket, unconnected);
        close(unconnected);
    }
    syscall(SYS_close_range, 3, ~0u, 0);
    execv(program[0], program);
    // The filter holds writes from here on; the grader answers them.
    give_up(program[0]);
}
