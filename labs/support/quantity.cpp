#include "support/quantity.hpp"

#include <limits>

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The digits that `text` begins with; they are taken off it.
std::string_view take_digits(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    const std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

// a * b + c, or the largest number where that is too much.
std::int64_t multiply_add(std::int64_t a, std::int64_t b, std::int64_t c) {
    return a > (largest - c) / b ? largest : a * b + c;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text, std::span<const Unit> units) {
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;

    std::string_view decimals;
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        decimals = take_digits(text);
        if (decimals.empty()) return std::nullopt;
    }

    for (const Unit& unit : units) {
        if (text != unit.name) continue;
        if (unit.size == 1 && !decimals.empty()) return std::nullopt;

        std::int64_t whole = 0;
        for (char digit : digits) whole = multiply_add(whole, 10, digit - '0');

        std::int64_t fraction = 0;
        std::int64_t place = unit.size;  // what a 1 in this place is worth, times ten
        bool exact = true;
        for (char digit : decimals) {
            const std::int64_t worth = (digit - '0') * place;
            fraction += worth / 10;
            exact = exact && worth % 10 == 0 && (place > 0 || digit == '0');
            place /= 10;
        }
        return Quantity{multiply_add(whole, unit.size, fraction), exact};
    }
    return std::nullopt;
}
