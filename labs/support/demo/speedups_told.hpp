// A comparison of the executors of chapter 7, in words and as pictures.
#pragma once

#include <string>

#include "support/demo/speedups.hpp"

std::string milliseconds(double seconds);  // "0.15 ms", "912 ms"
std::string delay_text(double seconds);    // "0", "0.5 ms"
std::string speedup_text(double speedup);  // "0.0024", "2.13", "12.5"

// Where an executor begins to pay; what their starts take; with which tasks they have the two published speed-ups.
std::string pays_text(const Comparison& all, const Executor& executor);
std::string starts_text(const Comparison& all);
std::string published_text(const Comparison& all);

// What gnuplot is to do.
std::string speedups_script(const Comparison& all, Start start, const std::string& file);
