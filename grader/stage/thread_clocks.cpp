#include "grader/stage/thread_clocks.hpp"

#include <algorithm>
#include <cerrno>
#include <string>

#include "grader/proc/memory.hpp"
#include "grader/proc/tasks.hpp"

std::chrono::nanoseconds& ThreadClocks::slept(pid_t thread) {
    const auto known = ages_.find(thread);
    if (known != ages_.end()) return known->second.slept;
    const auto number = [thread](const char* key) {
        const std::string text = status_line(thread, key);
        return text.empty() ? 0 : std::stoi(text);
    };
    const pid_t process = number("Tgid"), parent = number("PPid");
    Nanoseconds own{}, inherited{};
    bool sibling = false;
    for (const auto& [other, age] : ages_) {
        if (age.process == process) {
            own = std::max(own, age.slept);
            sibling = true;
        }
        if (age.process == parent) inherited = std::max(inherited, age.slept);
    }
    return ages_.emplace(thread, Age{process, sibling ? own : inherited}).first->second.slept;
}

pid_t ThreadClocks::process_of(pid_t thread) const {
    const auto known = ages_.find(thread);
    return known == ages_.end() ? 0 : known->second.process;
}

std::chrono::nanoseconds ThreadClocks::show(clockid_t clock, Nanoseconds passed) {
    const auto [entry, fresh] = beginning_.try_emplace(clock);
    if (fresh) {
        timespec now{};
        clock_gettime(clock, &now);
        entry->second = std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec);
    }
    return entry->second + passed;
}

long write_timespec(pid_t thread, unsigned long address, std::chrono::nanoseconds time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    const timespec value{whole.count(), (time - whole).count()};
    return write_memory(thread, address, &value, sizeof value) ? 0 : -EFAULT;
}
