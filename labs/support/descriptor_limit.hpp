// A thousand connections are a thousand descriptors, and a shell allows 1,024 unless it is asked for more.
#pragma once

#include <sys/resource.h>

#include <algorithm>

inline void allow_many_descriptors() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
    setrlimit(RLIMIT_NOFILE, &limit);
}
