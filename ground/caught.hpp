// What a wrong submission says of itself in the comment at its top: which criteria have to catch it, and what those
// must have seen, which may be left out.
//
//   // Caught   both actors count at the same time
//   // Saw      the program hangs
//
// A plain function of its argument: safe from any thread.
#pragma once

#include <string>
#include <vector>

struct Caught {
    std::string criterion, saw;
};

// In the order of the lines. Not those behind the first line that is no comment.
std::vector<Caught> caught_by(const std::string& source);
