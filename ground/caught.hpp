// What a wrong submission says of itself in the comment at its top: which criteria have to catch it, a piece of the
// sentence that it must get from them, which may be left out, and which other criteria it may fail.
//
//   // Caught   both actors count at the same time
//   // Says     the program hangs
//   // Also     joins every thread
//
// Plain functions of their argument: safe from any thread.
#pragma once

#include <string>
#include <vector>

struct Caught {
    std::string criterion, says;
};

// In the order of the lines. Not those after the first line that is no comment.
std::vector<Caught> caught_by(const std::string& source);
std::vector<std::string> may_also_fail(const std::string& source);
