// The ways in which one exercise is built.
#pragma once

// A trial has a main of the grader's in the place of the program's own, which tries what the exercise defines.
enum class Flavour { plain, thread_sanitizer, address_sanitizer, trial };

constexpr bool is_sanitized(Flavour flavour) {
    return flavour == Flavour::thread_sanitizer || flavour == Flavour::address_sanitizer;
}
