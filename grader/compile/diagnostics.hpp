// Why a compiler made no program, told by how it ended and by its own messages. The lines of the
// program that it quotes say nothing about that.
#pragma once

#include <optional>
#include <string>

#include "grader/compile/compiler_limits.hpp"
#include "grader/contain/child.hpp"

struct CompilerFailure {
    bool of_the_program = false;  // else the kit's: the system refused the compiler something
    std::string reason;           // the compiler's first error; or the cause, and of the kit's the remedy
};

// `messages` are those of g++ or clang++ in the C locale, with all that they started. No `ending`: it
// was stopped, because it did not come to an end, or because it `flooded` its output.
CompilerFailure explain_failure(const std::optional<Ending>& ending, bool flooded, const std::string& messages,
                                const CompilerLimits& limits);
