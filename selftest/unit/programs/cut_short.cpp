// A timed wait that something else ends before its time: cut_short notify|pipe|signal|post.
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {

int by_notify() {
    std::mutex mutex;
    std::condition_variable ready;
    bool done = false;
    std::jthread notifier([&] {
        std::this_thread::sleep_for(10ms);
        const std::scoped_lock lock(mutex);
        done = true;
        ready.notify_one();
    });
    std::unique_lock lock(mutex);
    return ready.wait_for(lock, 100s, [&] { return done; });
}

int by_pipe() {
    int ends[2];
    if (pipe(ends) != 0) return 0;
    std::jthread writer([&] {
        std::this_thread::sleep_for(10ms);
        return write(ends[1], "x", 1);
    });
    pollfd wanted{ends[0], POLLIN, 0};
    return poll(&wanted, 1, 100'000) == 1 && wanted.revents == POLLIN;
}

int by_signal() {
    struct sigaction action = {};
    action.sa_handler = [](int) {};
    sigaction(SIGUSR1, &action, nullptr);
    const pthread_t sleeper = pthread_self();
    std::jthread signaller([=] {
        std::this_thread::sleep_for(10ms);
        pthread_kill(sleeper, SIGUSR1);
    });
    return usleep(100'000'000) == -1 && errno == EINTR;
}

int by_post() {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    std::jthread poster([&] {
        std::this_thread::sleep_for(10ms);
        sem_post(&semaphore);
    });
    timespec until{};
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 100;
    return sem_timedwait(&semaphore, &until) == 0;
}

const std::map<std::string, int (*)()> ways = {
    {"notify", by_notify}, {"pipe", by_pipe}, {"signal", by_signal}, {"post", by_post}};

}  // namespace

int main(int, char** argv) {
    std::puts(ways.at(argv[1])() ? "in time" : "too late");
}
