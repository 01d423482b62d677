// Preloaded into the program under test: its clocks ask the kernel, where the
// grader's filter answers, and not the page that the kernel maps for speed.
//
// Needs libc alone. A program that goes round it reads the machine's clock, no more.
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

extern "C" {

int clock_gettime(clockid_t clock, struct timespec* now) noexcept {
    return static_cast<int>(syscall(SYS_clock_gettime, clock, now));
}

int gettimeofday(struct timeval* __restrict now, void* __restrict zone) noexcept {
    return static_cast<int>(syscall(SYS_gettimeofday, now, zone));
}

time_t time(time_t* out) noexcept {
    timespec now{};
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec* now, int base) noexcept {
    if (base != TIME_UTC) return 0;
    return syscall(SYS_clock_gettime, CLOCK_REALTIME, now) == 0 ? base : 0;
}
}
