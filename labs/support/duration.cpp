#include "support/duration.hpp"

#include <array>

#include "support/quantity.hpp"

namespace {

constexpr std::int64_t nanoseconds(Duration duration) {
    return duration.count();
}

constexpr std::array<Unit, 5> units{{{"h", nanoseconds(std::chrono::hours(1))},
                                     {"min", nanoseconds(std::chrono::minutes(1))},
                                     {"s", nanoseconds(std::chrono::seconds(1))},
                                     {"ms", nanoseconds(std::chrono::milliseconds(1))},
                                     {"us", nanoseconds(std::chrono::microseconds(1))}}};

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    const std::optional<Quantity> quantity = parse_quantity(text, units);
    if (!quantity) return std::nullopt;
    return Duration(quantity->amount);
}

std::string format_duration(Duration duration) {
    const std::int64_t amount = duration.count();
    if (amount == 0) return "0s";

    for (const Unit& unit : units) {
        // The largest unit in which three decimals say it all; the smallest has no more than three.
        const std::int64_t thousandth = unit.size / 1000;
        if (amount < unit.size && unit.name != "us") continue;
        if (amount % thousandth != 0) continue;

        std::string text = std::to_string(amount / unit.size);
        std::string decimals = std::to_string(1000 + amount % unit.size / thousandth).substr(1);
        while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
        if (!decimals.empty()) text += "." + decimals;
        return text + std::string(unit.name);
    }
    return std::to_string(amount) + "ns";  // not reached: the last unit fits every amount
}
