// What the criteria for both programs of chapter 8 look at, by each of the two: what was found, or "".
#pragma once

#include <string>

#include "bench/ends.hpp"
#include "grader/compile/flavour.hpp"

Joins client_joins();
std::string client_under(Flavour flavour);
std::string client_spins();

Joins server_joins();
std::string server_under(Flavour flavour);
std::string server_spins();
