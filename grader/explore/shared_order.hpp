// What the explorer and a program that it plays have in common: a piece of memory. The explorer writes which choices come
// first; the runtime in the program (runtime/) follows them, goes on by itself, and writes down what there was to choose
// and what happened. Whose turn it is goes over a socket beside it: a byte to go, the exit status back.
//
// Not thread-safe: one side at a time.
#pragma once

#include <array>
#include <cstdint>

namespace explore {

// More than the small plans need that every order is tried of.
constexpr int most_threads = 24;
constexpr int most_points = 20'000;
constexpr int most_events = 60'000;
constexpr int seen_slots = 1 << 18;

constexpr const char* socket_variable = "KIT_EXPLORER";  // in the environment: a descriptor

enum class What : std::uint8_t {
    begins,
    creates,
    joins,
    ends,
    locks,
    fails_to_lock,
    unlocks,
    waits,     // gives the mutex back, and sleeps on a condition variable
    wakes_up,  // goes on behind a wait of any kind; of a condition variable, with the mutex again
    gives_up,  // the same because its time is over
    notifies_one,
    notifies_all,
    loads,  // an atomic word, as the next three
    stores,
    changes,
    fails_to_change,
    parks,  // sleeps on a word, futex(2)
    unparks,
    takes,  // from a semaphore, as the next one
    posts,
    arrives,  // at a barrier
    yields,
    sleeps,
    reads,  // from a descriptor, as the next three
    writes,
    closes,
    polls
};

// A step: what other threads can notice.
struct Event {
    What what{};
    std::uint8_t thread = 0;              // by order of birth; main is 0
    std::int16_t other = -1;              // whom it made, joined or woke
    std::uint32_t point = 0;              // choices that were made before
    std::uint64_t object = 0;             // its address
    std::uint64_t place = 0;              // the instruction behind the call, an address
    std::uint64_t before = 0, after = 0;  // an atomic word's value
};

// Where more than one could go on, or be woken. The first option is what happens by itself: who has the turn keeps it,
// else the next one in the order of birth gets it, in a circle. The k-th one after it counts as k turns taken.
struct Point {
    std::uint32_t event = 0;  // steps that were made before
    std::uint8_t options = 0, chosen = 0;
    bool of_waiters = false;  // whom the step before it wakes; else who makes the next step
    std::array<std::uint8_t, most_threads> who{};
};

enum class End : std::uint32_t {
    running,       // it ended by itself, or still runs
    stuck,         // nobody could ever go on
    too_long,      // more steps or threads than there is room for
    seen_before,   // a state that was seen before, with no more turns taken
    not_followed,  // there was no such choice
    halted,        // at the first choice that was not given, as it was asked to
    not_played     // it does what cannot be played
};

struct Seen {
    std::uint64_t state = 0, taken = 0;
};

// Of a thread that stands still at the end of an order which did not come to its own: the step that it stands before.
struct Waiting {
    bool waits = false;
    What what{};
    std::uint64_t object = 0, place = 0;
};

struct SharedOrder {
    // From the explorer.
    std::uint32_t given = 0;  // choices
    std::uint32_t prune = 0;  // stop where a state was seen before
    std::uint32_t halt = 0;   // stop where there is a choice that was not given
    // Behind those choices chance decides (runtime/priorities.hpp), with this seed; 0: the first option is taken.
    std::uint64_t seed = 0;
    std::uint32_t steps = 0, changes = 0;
    std::array<std::uint8_t, most_points> choices{};
    // From the runtime.
    End end{};
    std::uint32_t points = 0, events = 0, threads = 0;
    std::uint64_t base = 0;  // where the executable begins: places are counted from there
    std::array<Point, most_points> point{};
    std::array<Event, most_events> event{};
    std::array<Waiting, most_threads> waiting{};
    // Of all orders so far: states, and with how few turns taken each was reached.
    std::array<Seen, seen_slots> seen{};
};

}  // namespace explore
