// A number with a unit, as counts (1.5M) and durations (250ms) are written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

struct Unit {
    std::string_view name;  // may be empty: a number without a unit
    std::int64_t size;
};

struct Quantity {
    std::int64_t amount;  // the largest there is, where the number was larger still
    bool exact;           // false: something smaller than 1 was dropped
};

// Digits, perhaps a point and more digits, then a unit's name: no sign, no
// exponent, no space. A unit of size 1 has no fractions. Else nothing.
std::optional<Quantity> parse_quantity(std::string_view text, std::span<const Unit> units);
