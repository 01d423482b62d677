// Looks at each clock that counts processor time, and tells in milliseconds what it saw.
#include <pthread.h>

#include <cstdio>
#include <ctime>

namespace {

void tell(const char* name, clockid_t clock) {
    timespec now{};
    const int result = clock_gettime(clock, &now);
    std::printf("%s %ld%s\n", name, now.tv_sec * 1'000 + now.tv_nsec / 1'000'000, result == 0 ? "" : " refused");
}

}  // namespace

int main() {
    clockid_t own;
    pthread_getcpuclockid(pthread_self(), &own);
    tell("thread", CLOCK_THREAD_CPUTIME_ID);
    tell("process", CLOCK_PROCESS_CPUTIME_ID);
    tell("named", own);
    std::printf("clock() %ld\n", static_cast<long>(std::clock() / (CLOCKS_PER_SEC / 1000)));
}
