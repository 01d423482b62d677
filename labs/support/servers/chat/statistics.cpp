#include "support/servers/chat/statistics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace {

// Of this process; its peak where the system does not tell it as Linux does.
std::int64_t resident_bytes() {
    std::int64_t all = 0, resident = 0;
    if (std::ifstream("/proc/self/statm") >> all >> resident) return resident * sysconf(_SC_PAGESIZE);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// The smallest that is not less than that share of them.
double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

}  // namespace

std::int64_t Statistics::second_of(Clock::time_point time) const {
    return std::chrono::duration_cast<std::chrono::seconds>(time - start_).count();
}

void Statistics::count_message(Clock::time_point now) {
    ++messages_;
    const std::int64_t number = second_of(now);
    Second& second = seconds_[static_cast<std::size_t>(number % seconds_seen)];
    if (second.number != number) second = {number, 0};
    ++second.messages;
}

void Statistics::count_handled(Clock::duration time) {
    if (times_.size() < times_seen) times_.push_back(0);
    times_[next_time_] = std::chrono::duration<double>(time).count();
    next_time_ = (next_time_ + 1) % times_seen;
}

ChatStats Statistics::now(std::int64_t clients, const Traffic& traffic) const {
    const std::int64_t number = second_of(Clock::now());
    std::int64_t lately = 0;
    for (const Second& second : seconds_)
        if (second.number > number - seconds_seen) lately += second.messages;
    ChatStats stats;
    stats.clients = clients;
    stats.messages = messages_;
    stats.errors = errors_;
    stats.bytes = traffic.received;
    stats.bytes_sent = traffic.sent;
    stats.messages_per_s = static_cast<double>(lately) / static_cast<double>(std::min(number + 1, seconds_seen));
    stats.median_s = quantile(times_, 0.5);
    stats.p99_s = quantile(times_, 0.99);
    stats.resident_bytes = resident_bytes();
    return stats;
}
