// Right    Uses pthread_create and a pthread mutex. Each worker returns its number of failures.

#include <pthread.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

struct Work {
    const PingOptions& options;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    std::size_t next = 0;
};

void* work(void* argument) {
    Work& shared = *static_cast<Work*>(argument);
    const std::vector<std::string>& urls = shared.options.urls;
    for (std::intptr_t failures = 0;;) {
        pthread_mutex_lock(&shared.mutex);
        const std::size_t mine = shared.next < urls.size() ? shared.next++ : urls.size();
        pthread_mutex_unlock(&shared.mutex);
        if (mine == urls.size()) return reinterpret_cast<void*>(failures);
        if (!ping(urls[mine], shared.options.timeout)) ++failures;
    }
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    Work shared{options};
    std::vector<pthread_t> workers(static_cast<std::size_t>(options.workers));
    for (pthread_t& worker : workers) {
        if (pthread_create(&worker, nullptr, work, &shared) != 0) return 1;
    }
    bool all_answered = options.complete;
    for (const pthread_t worker : workers) {
        void* failures = nullptr;
        pthread_join(worker, &failures);
        if (failures) all_answered = false;
    }
    pthread_mutex_destroy(&shared.mutex);
    return all_answered ? 0 : 1;
}
