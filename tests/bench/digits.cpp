#include "bench/digits.hpp"

#include <algorithm>

int significant_digits(const std::string& number) {
    std::string digits = number.substr(0, number.find_first_of("eE"));
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    return static_cast<int>(digits.size() - std::min(digits.find_first_not_of('0'), digits.size()));
}
