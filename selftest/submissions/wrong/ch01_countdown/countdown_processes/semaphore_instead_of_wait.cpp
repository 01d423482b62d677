// Wrong    Each child posts a shared semaphore as its last step, and the parent waits for that instead of the child.
// Caught   reaps every child process
// Also     exits 1 when a child is killed
// Also     exits 1 when a child ends with a status other than 0

#include <semaphore.h>
#include <sys/mman.h>
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
    void* shared = mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return 1;
    auto* done = static_cast<sem_t*>(shared);
    sem_init(done, 1, 0);
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            sem_post(done);
            _exit(0);
        }
    }
    for (std::size_t i = 0; i < options.names.size(); ++i) sem_wait(done);
    return 0;
}
