// What the grader tells a criterion, which runs in a process of its own: one variable of the environment each. The
// grader sets them all (grading.cpp), the criterion reads them (tests/bench/); the program under test sees none.
#pragma once

#include <string>

#include "grader/compile/flavour.hpp"
#include "grader/contain/container.hpp"

namespace variable {

constexpr const char* program = "KIT_PROGRAM";                        // the exercise's name: countdown_threads_v1
constexpr const char* verdict_descriptor = "KIT_VERDICT_DESCRIPTOR";  // the number of the record's pipe (record.hpp)
// And how programs are contained here, as container.hpp reads it: variable::contained.

// A build: "" where there is none.
inline std::string executable_of(Flavour flavour) {
    return std::string("KIT_EXECUTABLE_") + name_of(flavour);
}

// Why it proves nothing; "" where it does.
inline std::string objection_to(Flavour flavour) {
    return std::string("KIT_OBJECTION_") + name_of(flavour);
}

}  // namespace variable
