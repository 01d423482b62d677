// Right    Sleeps with a timer from timer_create. Its signal goes to the actor's own thread, which waits in sigwait.

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

class Alarm {
  public:
    Alarm() {
        sigevent event{};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGALRM;
        event.sigev_notify_thread_id = gettid();
        timer_create(CLOCK_MONOTONIC, &event, &timer_);
    }
    ~Alarm() { timer_delete(timer_); }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    void sleep(Duration tick) const {
        if (tick == Duration::zero()) return;  // zero would disarm the timer
        itimerspec once{};
        once.it_value = {tick.count() / 1'000'000'000, tick.count() % 1'000'000'000};
        timer_settime(timer_, 0, &once, nullptr);
        sigset_t alarm;
        sigemptyset(&alarm);
        sigaddset(&alarm, SIGALRM);
        for (int signal = 0; sigwait(&alarm, &signal) != 0;) {
        }
    }

  private:
    timer_t timer_{};
};

void count_down(const std::string& name, int from, Duration tick) {
    const Alarm alarm;
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        alarm.sleep(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    sigset_t alarm;  // blocked in all threads: each takes its own by sigwait
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &alarm, nullptr);
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
