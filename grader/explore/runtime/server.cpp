// Before main: the program becomes a server, which makes a copy of itself for each order, until the explorer hangs up. The
// copy goes on to main.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "grader/contain/passed_descriptor.hpp"
#include "grader/contain/patience.hpp"
#include "grader/explore/runtime/scheduler.hpp"

namespace explore {

namespace {

constexpr rlim_t most_seconds = 2;  // of processor time, for one order: it takes a thousandth
constexpr rlim_t most_memory = rlim_t{4} << 30;
constexpr rlim_t most_output = rlim_t{64} << 20;

// The copy may make threads and signal itself, and no processes, which nobody plays; and it leaves the server alone.
void stay_alone() {
    std::vector<sock_filter> code = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
    const auto refuse = [&code](unsigned error) {
        code.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
    };
    const auto on = [&code](long call, unsigned char steps) {
        code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, steps));
    };
    on(SYS_clone3, 1);
    refuse(ENOSYS);  // the library falls back to clone
    for (const long call : {SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_writev, SYS_pidfd_open}) {
        on(call, 1);
        refuse(EPERM);
    }
#ifdef SYS_fork
    for (const long call : {SYS_fork, SYS_vfork}) {
        on(call, 1);
        refuse(EPERM);
    }
#endif
    const sock_filter argument = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args));
    const sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    on(SYS_clone, 4);
    code.push_back(argument);
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
    refuse(EPERM);
    code.push_back(allow);
    on(SYS_kill, 4);
    code.push_back(argument);
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(getpid()), 1, 0));
    refuse(EPERM);
    code.push_back(allow);
    code.push_back(allow);
    const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(125);
}

// The hard limit is a little higher: the kernel kills at that, and tells the program's own end at the other.
void limit(int resource, rlim_t most) {
    const rlimit limits{most, most + 1};
    setrlimit(static_cast<__rlimit_resource>(resource), &limits);  // a lower one that is there stays
}

// One thread has the turn at a time: handed on within one processor, it is there at once.
void stay_on_this_processor() {
    const int processor = sched_getcpu();
    if (processor < 0) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(processor), &one);
    sched_setaffinity(0, sizeof one, &one);  // refused or not, the program runs
}

// Where there is no room for another process, there may be soon.
pid_t copy_of_this() {
    for (int tries = 0;; ++tries) {
        const pid_t copy = fork();
        if (copy >= 0 || tries == patience_seconds * 100) return copy;
        poll(nullptr, 0, 10);
    }
}

void serve_at(int socket) {
    const int memory = receive_descriptor(socket, patience_seconds),
              output = receive_descriptor(socket, patience_seconds);
    if (memory < 0 || output < 0) _exit(125);
    void* const order = mmap(nullptr, sizeof(SharedOrder), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (order == MAP_FAILED || dup2(output, STDOUT_FILENO) < 0) _exit(125);
    close(memory);
    close(output);
    const int errors = memfd_create("errors", MFD_CLOEXEC);  // nobody reads them, so a pipe would be full one day
    char go;
    while (read(socket, &go, 1) == 1) {
        const pid_t copy = copy_of_this();
        if (copy == 0) {
            close(socket);
            if (ftruncate(errors, 0) != 0 || lseek(errors, 0, SEEK_SET) != 0 || dup2(errors, STDERR_FILENO) < 0)
                _exit(125);
            unsetenv(socket_variable);
            unsetenv("LD_BIND_NOW");
            limit(RLIMIT_CPU, most_seconds);
            limit(RLIMIT_AS, most_memory);
            limit(RLIMIT_FSIZE, most_output);
            limit(RLIMIT_CORE, 0);
            stay_on_this_processor();
            stay_alone();
            begin_play(*static_cast<SharedOrder*>(order));
            watch_for_end();
            return;
        }
        int status = 0;
        while (copy > 0 && waitpid(copy, &status, 0) < 0 && errno == EINTR) {
        }
        if (copy < 0) perror("no copy can be made");
        if (copy < 0 || write(socket, &status, sizeof status) != sizeof status) break;
    }
    _exit(0);
}

// Behind the runtime's own variables, and before the program's.
__attribute__((constructor(103))) void serve() {
    if (const char* socket = std::getenv(socket_variable)) serve_at(std::atoi(socket));
}

}  // namespace

}  // namespace explore
