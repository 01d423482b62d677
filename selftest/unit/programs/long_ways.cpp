// Threads that take long to begin and long to end, and count in between: long_ways STEPS COUNT. main waits for
// them. What they go round meanwhile: a loop, a loop within one, a function that others call as well.
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>

namespace {

std::int64_t steps = 0;
volatile std::int64_t counter = 0;

[[gnu::noinline]] std::int64_t grind(std::int64_t rounds) {
    volatile std::int64_t sum = 0;
    for (std::int64_t k = 0; k < rounds; ++k) sum = sum + k;
    return sum;
}

struct Long {
    volatile std::int64_t kept = 0;
    Long() { kept = grind(steps); }
    ~Long() {
        for (std::int64_t outer = 0; outer < steps / 10'000; ++outer) kept = kept + grind(10'000);
    }
    void touch() { kept = kept + 1; }
};

thread_local Long state;

void count_down(std::int64_t count) {
    state.touch();
    for (; count > 0; --count) {
        counter = counter - 1;
        grind(1);  // worn out by the beginning, and called once more here
    }
}

}  // namespace

int main(int, char** argv) {
    steps = std::stoll(argv[1]);
    const std::int64_t count = std::stoll(argv[2]);
    std::printf("%p\n", const_cast<std::int64_t*>(&counter));
    std::fflush(stdout);
    {
        std::jthread one(count_down, count);
        std::jthread two(count_down, count);
    }
    std::printf("%lld\n", static_cast<long long>(counter));
}
