// Why a class loses its points: failures that say the same, counted.
#pragma once

#include <string>
#include <vector>

#include "grader/report/submitted.hpp"

struct Reason {
    std::string chapter, program;
    std::string criterion;  // "" where the program cannot be built
    std::string saw;        // what was seen of most of these students, without the circumstances
    bool varies = false;    // of others the same was seen with other numbers or names
    std::string expected, why, read;
    std::vector<std::size_t> students;  // by their place in the class
    std::size_t of = 0;                 // so many students' program was graded
};

// The commonest first; of those that are equally common, in the order of the class's programs and criteria.
std::vector<Reason> reasons_of(const ClassResults& results);

// The first line of what was seen, without its circumstances: not how the program was started, nor in which order.
std::string heart_of(const std::string& saw);

// The same sentence with any number, name, place and quotation in it.
std::string generalised(const std::string& sentence);
