// For chapters that do not stand on the bench yet.
#pragma once

#include <cstdlib>

#include "bench/cut_lines.hpp"
#include "bench/ends.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "bench/words.hpp"

inline std::string no_sanitized_build(Flavour flavour) {
    return under_sanitizer(flavour, [](Flavour) { return std::string(); });
}

inline std::string wrong_joins(Program& program, const std::function<void()>& run, std::size_t& joined,
                               std::optional<std::size_t> kept = {}) {
    const Joins joins = joins_of(program, run, kept);
    joined = joins.joined;
    return joins.problem;
}
