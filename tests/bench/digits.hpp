// Numbers as programs print them.
#pragma once

#include <string>

// Of one in digits, with or without an exponent: 3 of 0.0120.
int significant_digits(const std::string& number);
