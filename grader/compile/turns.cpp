#include "grader/compile/turns.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <semaphore>
#include <sstream>
#include <thread>

namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

// "max", -1 or no file: no limit.
void limit_memory(Allowance& allowance, const fs::path& file) {
    std::istringstream line(first_line(file));
    if (long long bytes = 0; line >> bytes && bytes > 0)
        allowance.memory = std::min(allowance.memory, static_cast<std::uint64_t>(bytes));
}

void limit_processors(Allowance& allowance, const std::string& quota_and_period) {
    std::istringstream line(quota_and_period);
    long long quota = 0, period = 0;
    if (!(line >> quota >> period) || quota <= 0 || period <= 0) return;
    const long long begun = (quota + period - 1) / period;
    allowance.processors = static_cast<unsigned>(std::min<long long>(allowance.processors, std::max(begun, 1ll)));
}

void limit(Allowance& allowance, const fs::path& group) {
    limit_memory(allowance, group / "memory.max");
    limit_memory(allowance, group / "memory.limit_in_bytes");
    limit_processors(allowance, first_line(group / "cpu.max"));
    limit_processors(allowance, first_line(group / "cpu.cfs_quota_us") + " " + first_line(group / "cpu.cfs_period_us"));
}

Allowance this_machine() {
    Allowance machine{std::max(1u, std::thread::hardware_concurrency())};
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        machine.processors = static_cast<unsigned>(std::max(1, CPU_COUNT(&allowed)));
    const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
    if (pages > 0 && bytes > 0) machine.memory = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes);
    return machine;
}

std::counting_semaphore<>& places() {
    static std::counting_semaphore<> free(most_turns());
    return free;
}

std::mutex one_alone;  // two that collect places would wait for each other's

}  // namespace

Allowance within_groups(Allowance machine, const fs::path& mounted, const std::string& membership) {
    std::istringstream lines(membership);
    for (std::string line; std::getline(lines, line);) {  // NUMBER:CONTROLLERS:/PATH
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        std::istringstream controllers(line.substr(first + 1, second - first - 1));
        std::string controller;  // none in version 2, which has them all in one place
        do {
            std::getline(controllers, controller, ',');
            // In a container the path is often that outside of it: what is not there limits nothing.
            fs::path group = fs::path(line.substr(second + 1)).lexically_normal().relative_path();
            for (; !group.empty(); group = group.parent_path()) limit(machine, mounted / controller / group);
            limit(machine, mounted / controller);
        } while (!controllers.eof());
    }
    return machine;
}

int turns_for(const Allowance& allowance) {
    // A criterion spends most of its time waiting for its program.
    const std::uint64_t by_processors = 2 * std::uint64_t{allowance.processors};
    // The compiler takes 130 to 180 MiB for an exercise, a sanitized program up to 300: with room for both.
    const std::uint64_t by_memory = allowance.memory / (std::uint64_t{512} << 20);
    return static_cast<int>(std::clamp<std::uint64_t>(std::min(by_processors, by_memory), 1, 1024));
}

int most_turns() {
    static const int number = [] {
        std::ifstream in("/proc/self/cgroup");
        std::ostringstream membership;
        membership << in.rdbuf();
        return turns_for(within_groups(this_machine(), "/sys/fs/cgroup", membership.str()));
    }();
    return number;
}

Turn::Turn() {
    places().acquire();
}

Turn::~Turn() {
    places().release();
}

Alone::Alone() {
    one_alone.lock();
    for (int i = 0; i < most_turns(); ++i) places().acquire();
}

Alone::~Alone() {
    places().release(most_turns());
    one_alone.unlock();
}
