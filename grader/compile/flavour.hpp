// The ways in which one exercise is built.
#pragma once

// A trial has a main of the grader's in the place of the program's own, which tries what the exercise defines. An explored
// one is moved from step to step by the explorer (grader/explore/); behind it stand doubles of given code that nobody plays,
// such as a download (tests/chNN_topic/doubles/). An explored trial is both, without doubles.
enum class Flavour { plain, thread_sanitizer, address_sanitizer, trial, explored, explored_trial };
constexpr Flavour all_flavours[] = {Flavour::plain, Flavour::thread_sanitizer, Flavour::address_sanitizer,
                                    Flavour::trial, Flavour::explored,         Flavour::explored_trial};

// As chapter.json says it, of a criterion that needs it.
constexpr const char* name_of(Flavour flavour) {
    switch (flavour) {
        case Flavour::thread_sanitizer: return "thread";
        case Flavour::address_sanitizer: return "address";
        case Flavour::trial: return "trial";
        case Flavour::explored: return "explored";
        case Flavour::explored_trial: return "explored trial";
        case Flavour::plain: break;
    }
    return "plain";
}

constexpr bool is_sanitized(Flavour flavour) {
    return flavour == Flavour::thread_sanitizer || flavour == Flavour::address_sanitizer;
}

constexpr bool is_explored(Flavour flavour) {
    return flavour == Flavour::explored || flavour == Flavour::explored_trial;
}

constexpr bool is_trial(Flavour flavour) {
    return flavour == Flavour::trial || flavour == Flavour::explored_trial;
}

// The compiler adds a call to each access to memory.
constexpr bool is_instrumented(Flavour flavour) {
    return is_sanitized(flavour) || is_explored(flavour);
}
