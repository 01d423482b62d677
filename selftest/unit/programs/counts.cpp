// Two threads count a shared counter down: counts atomic|mutex|plain|store COUNT. main waits for them.
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

namespace {
volatile std::int64_t plain = 0;
std::atomic<std::int64_t> shared = 0;
std::mutex mutex;

void count_down(const std::string& way, std::int64_t count) {
    for (; count > 0; --count) {
        if (way == "atomic") {
            shared.fetch_sub(1);
        } else if (way == "store") {
            shared = shared - 1;
        } else if (way == "mutex") {
            const std::lock_guard lock(mutex);
            plain = plain - 1;
        } else {
            plain = plain - 1;
        }
    }
}
}  // namespace

int main(int, char** argv) {
    const std::string way = argv[1];
    const std::int64_t count = std::stoll(argv[2]);
    std::printf("%p %p\n", const_cast<std::int64_t*>(&plain), static_cast<void*>(&shared));
    std::fflush(stdout);
    {
        std::jthread one(count_down, way, count);
        std::jthread two(count_down, way, count);
    }
    std::printf("%lld\n", static_cast<long long>(plain + shared));
}
