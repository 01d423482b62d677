// What each thread of a crew writes in the midst of its count, in one of the modes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "ch03_big_countdown/counting.hpp"

struct Sharing {
    std::string problem;
    const std::unique_ptr<Counting> crew;
    Counting& counting = *crew;
    std::map<pid_t, Counting::Written> written;

    explicit Sharing(const std::string& mode) : crew(counting_crew(mode, problem)) {}

    // Until each of them has been seen to change a counter outside its own stack.
    void find_counters();

    // The one counter that all of them change; 0, and a problem, where there is none.
    Address common_counter();

  private:
    pid_t missing() const;
};
