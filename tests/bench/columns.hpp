// Tables that programs print: lines of columns, with commas between them.
#pragma once

#include <string>

#include "bench/words.hpp"

Words columns_of(const std::string& line);
int significant_digits(const std::string& number);  // of one in digits, with or without an exponent: 3 of 0.0120
