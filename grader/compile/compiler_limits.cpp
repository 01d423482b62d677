#include "grader/compile/compiler_limits.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace {

std::uint64_t hard_limit(int resource) {
    rlimit limit{};
    if (getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0 || limit.rlim_max == RLIM_INFINITY)
        return UINT64_MAX;
    return limit.rlim_max;
}

}  // namespace

CompilerLimits compiler_limits() {
    CompilerLimits limits;
    limits.seconds.hard = hard_limit(RLIMIT_CPU);
    limits.memory.hard = hard_limit(RLIMIT_AS);
    limits.file.hard = hard_limit(RLIMIT_FSIZE);
    limits.stack.hard = hard_limit(RLIMIT_STACK);
    return limits;
}

std::vector<std::string> under(const CompilerLimits& limits) {
    // Where soft and hard limit are the same the kernel sends SIGKILL at once, which says less.
    constexpr std::uint64_t more = 5;
    const std::uint64_t hard = std::min(limits.seconds.ours + more, limits.seconds.hard);
    const std::uint64_t soft = limits.seconds.lowered() ? std::max<std::uint64_t>(hard, 2) - 1 : limits.seconds.ours;
    return {"prlimit", "--cpu=" + std::to_string(std::min(soft, hard)) + ":" + std::to_string(hard),
            "--as=" + std::to_string(limits.memory.in_force()), "--fsize=" + std::to_string(limits.file.in_force()),
            "--core=0"};
}
