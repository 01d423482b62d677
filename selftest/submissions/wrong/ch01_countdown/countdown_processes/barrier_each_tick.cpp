// Wrong    The children wait for one another at a barrier in shared memory after each tick.
// Caught   any actor may run ahead of the others
// Says     was woken while the other was kept asleep, and then no line came
// Also     sleeps one tick after each number
// Also     exits 1 when a child is killed
// Also     exits 1 when a child ends with a status other than 0
// Also     writes every line at once, into a pipe too

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick, pthread_barrier_t* barrier) {
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
        pthread_barrier_wait(barrier);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    void* shared = mmap(nullptr, sizeof(pthread_barrier_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return 1;
    auto* barrier = static_cast<pthread_barrier_t*>(shared);
    pthread_barrierattr_t attributes;
    pthread_barrierattr_init(&attributes);
    pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(barrier, &attributes, static_cast<unsigned>(options.names.size()));
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick, barrier);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
