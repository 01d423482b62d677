// Right    Raw pthreads: a linked list of jobs, a mutex and two condition variables. A thread that leaves adds itself
//          to a list, and the next call of submit or shutdown joins it.

#include <pthread.h>

#include <future>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

struct Job {
    virtual ~Job() = default;
    virtual void run() = 0;
    Job* next = nullptr;
};

template <class Result>
struct Call : Job {
    explicit Call(std::packaged_task<Result()> its_task) : task(std::move(its_task)) {}
    void run() override { task(); }
    std::packaged_task<Result()> task;
};

class ThreadPool {
  public:
    explicit ThreadPool(Range<int> workers) : least_(workers.least), most_(workers.most) {
        pthread_mutex_lock(&mutex_);
        while (threads_ < least_ && start()) {
        }
        const bool complete = threads_ == least_;
        pthread_mutex_unlock(&mutex_);
        if (complete) return;
        shutdown();
        throw std::runtime_error("a thread cannot be started");
    }
    ~ThreadPool() {
        shutdown();
        pthread_cond_destroy(&end_of_thread_);
        pthread_cond_destroy(&news_);
        pthread_mutex_destroy(&mutex_);
    }
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        using Result = std::invoke_result_t<Function>;
        std::packaged_task<Result()> task(std::move(function));
        std::future<Result> result = task.get_future();
        if (!put(new Call<Result>(std::move(task)))) throw std::runtime_error("the pool takes no more tasks");
        return result;
    }

    void shutdown() {
        pthread_mutex_lock(&mutex_);
        closed_ = true;
        pthread_cond_broadcast(&news_);
        while (threads_ > 0) pthread_cond_wait(&end_of_thread_, &mutex_);
        std::vector<pthread_t> left = std::exchange(left_, {});
        pthread_mutex_unlock(&mutex_);
        join(left);
    }

  private:
    static void join(const std::vector<pthread_t>& threads) {
        for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    }

    bool put(Job* job) {
        pthread_mutex_lock(&mutex_);
        const bool taken = !closed_;
        if (taken) {
            *end_ = job;
            end_ = &job->next;
            ++unfinished_;
            if (unfinished_ > threads_ && threads_ < most_) start();  // if that fails, another thread does the job
            pthread_cond_signal(&news_);
        }
        const std::vector<pthread_t> left = std::exchange(left_, {});
        pthread_mutex_unlock(&mutex_);
        join(left);
        if (!taken) delete job;
        return taken;
    }

    bool start() {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, begin, this) != 0) return false;
        ++threads_;
        return true;
    }

    static void* begin(void* pool) {
        static_cast<ThreadPool*>(pool)->work();
        return nullptr;
    }

    void work() {
        pthread_mutex_lock(&mutex_);
        for (;;) {
            while (first_ == nullptr && !closed_ && threads_ <= least_) pthread_cond_wait(&news_, &mutex_);
            if (first_ == nullptr) break;
            Job* const job = first_;
            first_ = job->next;
            if (first_ == nullptr) end_ = &first_;
            pthread_mutex_unlock(&mutex_);
            job->run();
            delete job;
            pthread_mutex_lock(&mutex_);
            --unfinished_;
        }
        --threads_;
        left_.push_back(pthread_self());
        pthread_cond_broadcast(&end_of_thread_);
        pthread_mutex_unlock(&mutex_);
    }

    const int least_, most_;
    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t news_ = PTHREAD_COND_INITIALIZER, end_of_thread_ = PTHREAD_COND_INITIALIZER;
    Job* first_ = nullptr;
    Job** end_ = &first_;
    int unfinished_ = 0, threads_ = 0;
    bool closed_ = false;
    std::vector<pthread_t> left_;
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        std::vector<std::future<Outcome>> outcomes;
        const std::vector<int> tasks = report.begin_sample();
        for (const int task : tasks)
            outcomes.push_back(pool.submit([&options, &report, task] {
                thread_local ChatConnection connection(options);
                report.begin(task);
                const Outcome outcome = try_deliver(connection, task, options);
                report.end(task, outcome);
                return outcome;
            }));
        for (std::future<Outcome>& outcome : outcomes) outcome.wait();
        report.end_sample();
    }
    return report.finish();
}
