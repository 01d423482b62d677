#include "support/item.hpp"

// SplitMix64, https://prng.di.unimi.it/splitmix64.c: eight bytes a step.
std::string item_data(std::uint64_t item, std::size_t size) {
    std::string data(size, '\0');
    std::uint64_t state = item, word = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (i % 8 == 0) {
            state += 0x9e3779b97f4a7c15u;
            word = state;
            word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
            word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
            word ^= word >> 31;
        }
        data[i] = static_cast<char>(word >> (i % 8 * 8));
    }
    return data;
}
