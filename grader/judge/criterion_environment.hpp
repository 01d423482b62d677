// What the grader tells a criterion, which runs in a process of its own: one variable of the environment each. The
// grader sets them all (grading.cpp), the criterion reads them (tests/bench/); the program under test sees none.
#pragma once

#include "grader/compile/flavour.hpp"
#include "grader/contain/container.hpp"

namespace variable {

constexpr const char* program = "KIT_PROGRAM";  // the exercise's name: countdown_threads_v1
constexpr const char* executable = "KIT_EXECUTABLE";
constexpr const char* thread_sanitized = "KIT_THREAD_SANITIZED";  // executables; "" where none was built
constexpr const char* address_sanitized = "KIT_ADDRESS_SANITIZED";
constexpr const char* trial = "KIT_TRIAL";  // another executable
constexpr const char* trial_objection = "KIT_TRIAL_OBJECTION";
constexpr const char* thread_objection = "KIT_THREAD_OBJECTION";  // why that build proves nothing; "" where it does
constexpr const char* address_objection = "KIT_ADDRESS_OBJECTION";
constexpr const char* verdict_descriptor = "KIT_VERDICT_DESCRIPTOR";  // the number of the record's pipe (record.hpp)
// And how programs are contained here, as container.hpp reads it: variable::contained.

constexpr const char* executable_of(Flavour flavour) {
    switch (flavour) {
        case Flavour::thread_sanitizer: return thread_sanitized;
        case Flavour::address_sanitizer: return address_sanitized;
        case Flavour::trial: return trial;
        case Flavour::plain: break;
    }
    return executable;
}

// Of a build that is not the plain one.
constexpr const char* objection_to(Flavour flavour) {
    if (flavour == Flavour::trial) return trial_objection;
    return flavour == Flavour::thread_sanitizer ? thread_objection : address_objection;
}

}  // namespace variable
