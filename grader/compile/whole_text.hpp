// What the compiler gets to see in some flavours: the student's text, and the kit's behind it.
#pragma once

#include <filesystem>
#include <string>

#include "grader/compile/flavour.hpp"

// `root`: the checkout with the criteria. A trial is tests/chNN_topic/trials/NAME.cpp, whose main takes the place of the
// program's own. Doubles are tests/chNN_topic/doubles/*.cpp; each takes the place of the given code that the header declares
// which it includes first, in programs that include that header, too. Lines keep their names and numbers.
std::string whole_text(Flavour flavour, const std::filesystem::path& root, const std::string& name,
                       const std::string& source);
