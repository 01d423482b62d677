// Right    POSIX threads, a mutex, a condition variable and a linked list.

#include <pthread.h>

#include <list>
#include <utility>
#include <vector>

#include "support/processing_service.hpp"

struct Pool {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
    std::list<Task> tasks;
    bool ends = false;
};

void* work(void* argument) {
    Pool& pool = *static_cast<Pool*>(argument);
    for (;;) {
        pthread_mutex_lock(&pool.mutex);
        while (pool.tasks.empty() && !pool.ends) pthread_cond_wait(&pool.changed, &pool.mutex);
        std::list<Task> mine;
        if (!pool.ends) mine.splice(mine.begin(), pool.tasks, pool.tasks.begin());
        pthread_mutex_unlock(&pool.mutex);
        if (mine.empty()) return nullptr;
        mine.front()();
    }
}

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool;
    std::vector<pthread_t> workers(static_cast<std::size_t>(options.workers));
    for (pthread_t& worker : workers)
        if (pthread_create(&worker, nullptr, work, &pool) != 0) return 1;
    const int exit_code = serve(options, [&pool](Task task) {
        pthread_mutex_lock(&pool.mutex);
        pool.tasks.push_back(std::move(task));
        pthread_cond_signal(&pool.changed);
        pthread_mutex_unlock(&pool.mutex);
    });
    pthread_mutex_lock(&pool.mutex);
    pool.ends = true;
    pthread_cond_broadcast(&pool.changed);
    pthread_mutex_unlock(&pool.mutex);
    for (const pthread_t worker : workers) pthread_join(worker, nullptr);
    return exit_code;
}
