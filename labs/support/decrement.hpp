// One step of a big countdown, made for certain.
#pragma once

#include <cstdint>

// Takes 1 off `counter`, and writes it to memory. The second line is no instruction. It makes the
// compiler believe that the counter is read in memory here, each time. Otherwise the optimizer sees
// what a loop of decrements comes to, writes that once, and leaves the loop out.
//
// An ordinary read and write: two threads that call this on one counter race.
inline void decrement(std::int64_t& counter) {
    --counter;
    asm volatile("" : : "m"(counter));
}
