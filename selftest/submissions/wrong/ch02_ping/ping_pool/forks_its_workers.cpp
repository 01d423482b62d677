// Wrong    Forks processes that share the index in shared memory, and starts no threads.
// Caught   the workers are threads that ask at once

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <new>
#include <string>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    void* const memory =
        mmap(nullptr, sizeof(std::atomic<std::size_t>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    std::atomic<std::size_t>& next = *new (memory) std::atomic<std::size_t>(0);
    for (int i = 0; i < options.workers; ++i) {
        if (fork() != 0) continue;
        bool all_answered = true;
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            if (!ping(options.urls[mine], options.timeout)) all_answered = false;
        }
        _exit(all_answered ? 0 : 1);
    }
    bool all_answered = options.complete;
    for (int status = 0; wait(&status) > 0;) {
        if (status != 0) all_answered = false;
    }
    return all_answered ? 0 : 1;
}
