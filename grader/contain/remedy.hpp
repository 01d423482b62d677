// The kit's own failures in words: what happened, and what to do about it.
#pragma once

#include <exception>
#include <string>

// What to allow or to free where the system refuses something with this errno; "" where there is nothing to name.
std::string remedy(int error);

// The same for a message of another program's that ends in the system's words for such an error.
std::string remedy_in(const std::string& message);

// In one line: what the exception says, and the remedy where there is one.
std::string cause_of(const std::exception& error);
