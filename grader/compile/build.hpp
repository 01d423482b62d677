// Compiles one exercise by itself, contained and under limits: a program that does not compile, or
// that is too much for the compiler, costs its own points alone.
//
// What was built once is kept by the contents of everything that went into it (kept.hpp). Sanitized builds are compiled
// behind a precompiled preamble, since the plain one has shown that the program's own includes suffice. Safe to call from
// several threads, and from several graders at once.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "grader/compile/flavour.hpp"

struct Built {
    bool ok = false;
    std::filesystem::path executable;
    std::string error;  // the first one, with the student's file and line
    std::string warnings;
    std::string silenced;  // how it keeps the sanitizer from seeing it, as the end of "the program has ..."; or ""
    std::string not_understood;  // what the sanitizer does not know in it, with what to write instead; or ""
};

// The compiler made no program, and not because of this one: the machine lacks something, which may pass.
struct CompilerFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Kit {
    std::filesystem::path root;   // the checkout whose criteria and given code are used
    std::filesystem::path build;  // its build folder
    // Compile plain builds behind the precompiled preamble, too: for hundreds of them in a row. It would hide a
    // forgotten #include from whoever is graded.
    bool all_behind_preamble = false;
};

// Where it is kept, beside folders of compilations at work, whose names begin with the prefix (scratch.hpp).
std::filesystem::path cache_of(const Kit& kit);
constexpr const char* work_prefix = "work-";

// `source` is the text of a file that students know as `name` (labs/ch01_countdown/x.cpp).
// Throws CompilerFailed, and keeps nothing, where the fault is the machine's; it may be worth another attempt.
// Throws std::runtime_error where the kit itself is not built, or cannot write.
Built build(const Kit& kit, const std::string& name, const std::string& source, Flavour flavour);

// What sanitized builds begin with, beforehand: the first of them takes no longer then.
void precompile(const Kit& kit);
