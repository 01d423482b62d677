// What the criteria for both programs of chapter 8 look at, by each of the two: what was found, or "".
#pragma once

#include <string>

#include "grader/compile/flavour.hpp"

std::string client_leaves_threads();
std::string client_under(Flavour flavour);
std::string client_spins();

std::string server_leaves_threads();
std::string server_under(Flavour flavour);
std::string server_spins();
