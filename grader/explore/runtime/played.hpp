// What the played calls of the threads library have in common.
#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <time.h>

#include <cstdint>

#include "grader/explore/runtime/scheduler.hpp"

namespace explore {

using Place = std::uint64_t;

// Where the program called: from its own code, not from the C++ library's.
Place place_of(void* return_address);

template <class Any>
std::uint64_t object_of(const volatile Any* address) {
    return reinterpret_cast<std::uint64_t>(address);
}

// The library's own.
template <class Function>
Function* real(Function*, const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

constexpr std::int64_t a_second = 1'000'000'000;
constexpr std::int64_t epoch = 1'600'000'000 * a_second;  // what all clocks show at the beginning

inline std::int64_t nanoseconds(const timespec* time) {
    return time->tv_sec * a_second + time->tv_nsec;
}
inline std::int64_t deadline_of(const timespec* absolute) {
    return absolute ? nanoseconds(absolute) - epoch : never;
}

// A mutex belongs to nobody, or to one thread, perhaps several times.
struct Mutex {
    int owner = -1, depth = 0;
};
Mutex& mutex_at(std::uint64_t object);

}  // namespace explore

// For the functions that the program calls: where it does.
#define PLACE explore::place_of(__builtin_return_address(0))
