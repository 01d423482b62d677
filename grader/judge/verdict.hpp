// A criterion's verdict: what was seen, in words, and whether that is what was asked for.
//
// Each test case of a chapter is one criterion and runs in a process of its own. It ends with
// exactly one call of judge; the record goes to the grader over a descriptor that the program
// under test never sees. A criterion that ends by an exception records that instead. Without a verdict it was not
// judged: that is the kit's own failure and loud, neither a pass nor a zero.
#pragma once

#include <optional>
#include <string>

#include "grader/stage/program.hpp"

struct Judgement {
    bool holds = false;
    std::string saw;
    std::string expected;
    std::string why;
    std::string read;  // a README and its step
};

// Records the verdict, and fails the test case where it does not hold.
void judge(const Judgement& judgement);

// As text, one record; none where the text is not exactly one whole record.
std::string to_record(const Judgement& judgement);
std::optional<Judgement> from_record(const std::string& text);

// The record of a criterion that could not judge: why not, and the remedy, in one line. "" where the last
// record of `text` is none of these.
std::string to_failure_record(const std::string& cause);
std::string failure_from_record(const std::string& text);

// What this criterion is about, as the grader says it in the environment.
std::string program_name();  // countdown_threads_v1
enum class Flavour { plain, thread_sanitizer, address_sanitizer };
std::filesystem::path executable(Flavour flavour = Flavour::plain);
