// Right    Raw pthreads and printf. A pthread_mutex_t and a pthread_cond_t guard a list of results.

#include <pthread.h>

#include <cstdio>
#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"

struct Done {
    std::size_t worker;
    Result result;
    Done* next;
};

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t news = PTHREAD_COND_INITIALIZER;
Done* newest = nullptr;  // guarded by mutex

struct Task {
    std::size_t worker;
    std::string url;
};

void put(std::size_t worker, const Result& result) {
    Done* const done = new Done{worker, result, nullptr};
    pthread_mutex_lock(&mutex);
    done->next = newest;
    newest = done;
    pthread_cond_signal(&news);
    pthread_mutex_unlock(&mutex);
}

void* work(void* argument) {
    const Task* const task = static_cast<Task*>(argument);
    put(task->worker, result_of(fetch(task->url)));
    return nullptr;
}

// Returns all results, oldest first. Sleeps until there is one.
Done* take_all() {
    pthread_mutex_lock(&mutex);
    while (newest == nullptr) pthread_cond_wait(&news, &mutex);
    Done* taken = newest;
    newest = nullptr;
    pthread_mutex_unlock(&mutex);
    Done* oldest = nullptr;
    while (taken != nullptr) {
        Done* const next = taken->next;
        taken->next = oldest;
        oldest = taken;
        taken = next;
    }
    return oldest;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < options.urls.size(); ++i) tasks.push_back({i + 1, options.urls[i]});
    std::vector<pthread_t> threads;
    for (Task& task : tasks) {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, work, &task) == 0) threads.push_back(thread);
        else put(task.worker, {false, "failed: no thread"});
    }
    int exit_code = 0;
    for (std::size_t left = tasks.size(); left > 0;) {
        for (Done* done = take_all(); done != nullptr; --left) {
            std::printf("worker %zu: %s\n", done->worker, done->result.text.c_str());
            std::fflush(stdout);
            if (!done->result.ok) exit_code = 1;
            Done* const next = done->next;
            delete done;
            done = next;
        }
    }
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    return exit_code;
}
