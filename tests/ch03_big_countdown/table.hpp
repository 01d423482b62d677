// What the programs of chapter 3 print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/words.hpp"

// How big_countdown_threads' lines are wrong; "" where they are not.
std::string wrong_thread_lines(const Words& lines, std::int64_t count, int threads);

struct Row {
    std::string sharing, threads, count, seconds, speedup;
};
std::optional<std::vector<Row>> rows_of(
    const Words& lines);  // none where header or columns are not as they ought to be

// How a table's rows are not those of the wanted modes with so many threads, or ""; its counts are left out.
// `long_enough`: for its figures to have 3 digits.
std::string wrong_table(const std::string& output, const Words& lines, const Words& wanted, int threads,
                        bool long_enough);

// Which row's count is another one, or "".
std::string wrong_counts(const std::vector<Row>& rows, const std::string& count);

// A speed-up is a time over this row's seconds. One that is the seconds over a time, or the same for all rows though
// their seconds are not, is none; whether one time was measured for all rows, nobody asks.
std::string wrong_speedups(const std::vector<Row>& rows);
