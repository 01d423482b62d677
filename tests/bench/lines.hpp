// Lines that a program printed, against those that it is to print.
#pragma once

#include <string>

#include "bench/words.hpp"

// A wanted line that ends with a space stands for any line that begins so and says more: "worker 2: failed: ".
bool is_line(const std::string& saw, const std::string& wanted);

// The first place where these lines are not as expected, in words; "" where they are.
std::string wrong_in_order(const Words& lines, const Words& expected);
std::string wrong_in_any_order(Words lines, Words expected);  // both sorted first

// The same, where what counts is which line is missing, and which one nobody asked for. No line stands for others.
std::string missing_or_extra(Words lines, Words expected);
