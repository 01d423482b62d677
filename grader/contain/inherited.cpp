#include "grader/contain/inherited.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace {

// A pipe or a file that took one of these numbers would be written to by whatever reports an error.
void open_standard_streams() {
    for (int stream = 0; stream <= 2; ++stream) {
        if (fcntl(stream, F_GETFD) >= 0) continue;
        // The lowest free number is this one.
        if (open("/dev/null", stream == 0 ? O_RDONLY : O_WRONLY) != stream) return;
    }
}

void block_nothing() {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Up to the hard limit, but never beyond `most`.
void raise_limit(__rlimit_resource resource, rlim_t most) {
    rlimit limit{};
    if (getrlimit(resource, &limit) != 0) return;
    const rlim_t wanted = std::min(limit.rlim_max, most);
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    setrlimit(resource, &limit);
}

// The stacks of a program's threads are as large as this limit, and none at all changes where memory is mapped.
void set_stack_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_STACK, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8 << 20);
    setrlimit(RLIMIT_STACK, &limit);
}

}  // namespace

void put_inherited_right() {
    open_standard_streams();
    signal(SIGCHLD, SIG_DFL);  // who ignores it is told of no child's end
    signal(SIGPIPE, SIG_IGN);  // whoever reads a report may stop reading it: the exit code tells all the same
    signal(SIGXFSZ, SIG_IGN);  // a file that may not be as large is one that cannot be written
    block_nothing();
    umask(022);
    // No more files than the kernel gives without being asked: some programs look at each number up to the limit.
    raise_limit(RLIMIT_NOFILE, 65'536);
    for (const __rlimit_resource resource : {RLIMIT_NPROC, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_AS, RLIMIT_DATA})
        raise_limit(resource, RLIM_INFINITY);
    set_stack_limit();
}

void reset_signals() {
    for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
    block_nothing();
}
