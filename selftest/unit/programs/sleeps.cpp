// Sleeps for 1500 ms by one call of many: sleeps WAY. Prints "asleep", then "awake".
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
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
    return {now.tv_sec + nap_spec.tv_sec + nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
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

timer_t posix_timer(sigevent event, bool absolute = false) {
    timer_t timer{};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    const itimerspec when{{0, 0}, absolute ? in_a_nap(CLOCK_MONOTONIC) : nap_spec};
    timer_settime(timer, absolute ? TIMER_ABSTIME : 0, &when, nullptr);
    return timer;
}

sigevent that_sends(int signal, int with_it = 0) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = signal;
    event.sigev_value.sival_int = with_it;
    return event;
}

sigset_t blocked(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return set;
}

bool by_sigwait(bool absolute) {
    const sigset_t set = blocked(SIGRTMIN);
    posix_timer(that_sends(SIGRTMIN, 42), absolute);
    siginfo_t info{};
    return sigwaitinfo(&set, &info) == SIGRTMIN && info.si_code == SI_TIMER && info.si_value.sival_int == 42;
}

bool by_notified_thread() {
    static std::binary_semaphore over(0);
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD;
    event.sigev_notify_function = [](sigval) { over.release(); };
    posix_timer(event);
    over.acquire();
    return true;
}

bool by_signalfd() {
    const sigset_t set = blocked(SIGUSR1);
    posix_timer(that_sends(SIGUSR1));
    signalfd_siginfo info{};
    return read(signalfd(-1, &set, 0), &info, sizeof info) == sizeof info && info.ssi_signo == SIGUSR1;
}

bool by_handler_and_sigsuspend() {
    signal(SIGUSR1, ignore_it);
    sigset_t none = blocked(SIGUSR1);
    posix_timer(that_sends(SIGUSR1));
    sigemptyset(&none);
    return sigsuspend(&none) == -1 && errno == EINTR;
}

// A socket to which nobody sends, and which nobody connects to, waits for as long as it is told to.
bool by_receive(int family, int type) {
    const int end = socket(family, type, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (family == AF_INET && bind(end, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0) return false;
    const timeval limit{1, 500'000};
    setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte;
    if (type == SOCK_STREAM) return listen(end, 1) == 0 && accept(end, nullptr, nullptr) == -1 && errno == EAGAIN;
    return recv(end, &byte, 1, 0) == -1 && errno == EAGAIN;
}

bool by_socket_pair() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
    const timeval limit{0, 750'000};
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte;
    for (int half = 0; half < 2; ++half)
        if (read(ends[0], &byte, 1) != -1 || errno != EAGAIN) return false;
    return true;
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
    {"sleep_until, steady", [] { return std::this_thread::sleep_until(std::chrono::steady_clock::now() + nap), true; }},
    {"sleep_until, system", [] { return std::this_thread::sleep_until(std::chrono::system_clock::now() + nap), true; }},
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
         return select(ends[0] + 1, &wanted, nullptr, nullptr, &left) == 0 && !FD_ISSET(ends[0], &wanted);
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
         return never.wait_until(lock, std::chrono::system_clock::now() + nap) == std::cv_status::timeout;
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
    {"future.wait_for", [] { return std::promise<int>().get_future().wait_for(nap) == std::future_status::timeout; }},
    {"timerfd", [] { return by_timerfd(false); }},
    {"timerfd, absolute", [] { return by_timerfd(true); }},
    {"timer_create, sigwait", [] { return by_sigwait(false); }},
    {"timer_create, sigwait, absolute", [] { return by_sigwait(true); }},
    {"timer_create, a thread is notified", [] { return by_notified_thread(); }},
    {"timer_create, signalfd", [] { return by_signalfd(); }},
    {"timer_create, sigsuspend", [] { return by_handler_and_sigsuspend(); }},
    {"SO_RCVTIMEO, recv", [] { return by_receive(AF_INET, SOCK_DGRAM); }},
    {"SO_RCVTIMEO, accept", [] { return by_receive(AF_INET, SOCK_STREAM); }},
    {"SO_RCVTIMEO, read twice", [] { return by_socket_pair(); }},
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
