// Sleeps for 1500 ms by one call of many: sleeps WAY. Prints "asleep", then "awake".
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <future>
#include <map>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {

constexpr auto nap = 1500ms;
constexpr timespec nap_spec{1, 500'000'000};

timespec in_a_nap(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    const long nanoseconds = now.tv_nsec + nap_spec.tv_nsec;
    return {now.tv_sec + nap_spec.tv_sec + nanoseconds / 1'000'000'000,
            nanoseconds % 1'000'000'000};
}

void ignore_it(int) {}

bool by_absolute_nanosleep(clockid_t clock) {
    const timespec until = in_a_nap(clock);
    return clock_nanosleep(clock, TIMER_ABSTIME, &until, nullptr) == 0;
}

bool by_timerfd(bool absolute) {
    const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    const itimerspec when{{0, 0}, absolute ? in_a_nap(CLOCK_MONOTONIC) : nap_spec};
    timerfd_settime(timer, absolute ? TFD_TIMER_ABSTIME : 0, &when, nullptr);
    std::uint64_t expired = 0;
    return read(timer, &expired, sizeof expired) == sizeof expired && expired == 1;
}

#ifdef __x86_64__
long raw_nanosleep() {
    long result = SYS_nanosleep;
    const timespec* how_long = &nap_spec;
    const timespec* left = nullptr;
    asm volatile("syscall" : "+a"(result) : "D"(how_long), "S"(left) : "rcx", "r11", "memory");
    return result;
}
#endif

// Each tells whether its call says that the whole time has passed.
const std::map<std::string, bool (*)()> ways = {
    {"nanosleep", [] { return nanosleep(&nap_spec, nullptr) == 0; }},
    {"clock_nanosleep, monotonic", [] { return by_absolute_nanosleep(CLOCK_MONOTONIC); }},
    {"clock_nanosleep, realtime", [] { return by_absolute_nanosleep(CLOCK_REALTIME); }},
    {"usleep", [] { return usleep(1'500'000) == 0; }},
    {"sleep", [] { return sleep(1) == 0 && usleep(500'000) == 0; }},
    {"sleep_for", [] { return std::this_thread::sleep_for(nap), true; }},
    {"sleep_until, steady",
     [] { return std::this_thread::sleep_until(std::chrono::steady_clock::now() + nap), true; }},
    {"sleep_until, system",
     [] { return std::this_thread::sleep_until(std::chrono::system_clock::now() + nap), true; }},
    {"poll", [] { return poll(nullptr, 0, 1500) == 0; }},
    {"ppoll", [] { return ppoll(nullptr, 0, &nap_spec, nullptr) == 0; }},
    {"select",
     [] {
         timeval left{1, 500'000};
         return select(0, nullptr, nullptr, nullptr, &left) == 0;
     }},
    {"select, descriptors",
     [] {
         int ends[2];
         if (pipe(ends) != 0) return false;
         fd_set wanted;
         FD_ZERO(&wanted);
         FD_SET(ends[0], &wanted);
         timeval left{1, 500'000};
         return select(ends[0] + 1, &wanted, nullptr, nullptr, &left) == 0 &&
                !FD_ISSET(ends[0], &wanted);
     }},
    {"pselect", [] { return pselect(0, nullptr, nullptr, nullptr, &nap_spec, nullptr) == 0; }},
    {"epoll_wait",
     [] {
         epoll_event event;
         return epoll_wait(epoll_create1(0), &event, 1, 1500) == 0;
     }},
    {"sigtimedwait",
     [] {
         sigset_t none;
         sigemptyset(&none);
         return sigtimedwait(&none, nullptr, &nap_spec) == -1 && errno == EAGAIN;
     }},
    {"cv.wait_for",
     [] {
         std::mutex mutex;
         std::condition_variable never;
         std::unique_lock lock(mutex);
         return never.wait_for(lock, nap) == std::cv_status::timeout;
     }},
    {"cv.wait_until, system",
     [] {
         std::mutex mutex;
         std::condition_variable never;
         std::unique_lock lock(mutex);
         return never.wait_until(lock, std::chrono::system_clock::now() + nap) ==
                std::cv_status::timeout;
     }},
    {"try_lock_for",
     [] {
         std::timed_mutex mutex;
         const std::scoped_lock lock(mutex);
         return !std::async(std::launch::async, [&] { return mutex.try_lock_for(nap); }).get();
     }},
    {"sem_timedwait",
     [] {
         sem_t semaphore;
         sem_init(&semaphore, 0, 0);
         const timespec until = in_a_nap(CLOCK_REALTIME);
         return sem_timedwait(&semaphore, &until) == -1 && errno == ETIMEDOUT;
     }},
    {"try_acquire_for", [] { return !std::counting_semaphore<4>(0).try_acquire_for(nap); }},
    {"future.wait_for",
     [] { return std::promise<int>().get_future().wait_for(nap) == std::future_status::timeout; }},
    {"timerfd", [] { return by_timerfd(false); }},
    {"timerfd, absolute", [] { return by_timerfd(true); }},
    {"setitimer",
     [] {
         signal(SIGALRM, ignore_it);
         const itimerval when{{0, 0}, {1, 500'000}};
         setitimer(ITIMER_REAL, &when, nullptr);
         return pause() == -1 && errno == EINTR;
     }},
    {"alarm",  // whole seconds only
     [] {
         signal(SIGALRM, ignore_it);
         alarm(1);
         return pause() == -1 && errno == EINTR && usleep(500'000) == 0;
     }},
#ifdef __x86_64__
    {"raw", [] { return raw_nanosleep() == 0; }},
#endif
};

}  // namespace

int main(int, char** argv) {
    std::puts("asleep");
    const bool whole = ways.at(argv[1])();
    std::puts(whole ? "awake" : "not the whole time");
}
