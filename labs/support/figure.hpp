// Measured numbers, as a table shows them.
#pragma once

#include <string>

// At least four significant digits, and never an exponent: 0.03512, 1.750, 123456.
std::string figure(double value);
