// One step of a big countdown, made for certain.
#pragma once

#include <cstdint>

// Takes 1 off `counter`, in memory. Without the second line an optimizer sees what the loop comes
// to: it keeps the counter in a register, or sets it to 0 and leaves the loop out. The second line
// is no instruction: it says that somebody may look at the counter here, and may change it.
//
// An ordinary read and write: two threads that call this on one counter race.
inline void decrement(std::int64_t& counter) {
    --counter;
    asm volatile("" : "+m"(counter));
}
