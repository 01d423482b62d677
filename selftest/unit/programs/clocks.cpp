// Two threads sleep for different times; each tells by how many nanoseconds its clocks have moved.
#include <sys/time.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

namespace {

void sleep_and_tell(int ms) {
    using namespace std::chrono;
    const auto steady = steady_clock::now();
    const auto system = system_clock::now();
    timeval day{};
    gettimeofday(&day, nullptr);
    for (int part = 0; part < 2; ++part) std::this_thread::sleep_for(milliseconds(ms) / 2);
    timeval later{};
    gettimeofday(&later, nullptr);
    const long by_day = (later.tv_sec - day.tv_sec) * 1'000'000L + later.tv_usec - day.tv_usec;
    std::printf("steady %ld system %ld day %ld\n", static_cast<long>(nanoseconds(steady_clock::now() - steady).count()),
                static_cast<long>(nanoseconds(system_clock::now() - system).count()), by_day * 1000);
}

}  // namespace

int main() {
    const time_t before = std::time(nullptr);
    std::thread other(sleep_and_tell, 5000);
    sleep_and_tell(3000);
    other.join();
    // Whoever joins is not made older by it.
    std::printf("main's seconds: %d\n", static_cast<int>(std::time(nullptr) - before));
}
