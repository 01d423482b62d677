// scaling at work, row by row, as the grader saw it: what its criteria share.
//
// An io job is a sleep, and the grader holds sleeps: which threads do jobs in a row, and how many at once, is then a fact.
// What the clock shows meanwhile is the grader's choice, and so is what the table has to say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/bench.hpp"

// Its arguments: what a job is, how many there are, and up to how many threads.
Words scaling_flags(const std::string& work, int jobs, int most);

// What happened between a row's first job and its last.
struct Watched {
    std::string threads = "?";  // as its line says
    std::size_t jobs = 0;       // begun
    std::size_t most_at_once = 0, least_at_once = SIZE_MAX;
    long births = 0;  // of threads
    bool main_does_jobs = false;
    Nanoseconds passed{};                       // what the grader let pass
    Nanoseconds shortest = Nanoseconds::max();  // job, as asked for
};

struct Seen {
    std::vector<Watched> rows;
    Words lines;
    std::string problem;  // how the program did not come to its end, or ""
};

// Runs io jobs. Each time when all that can sleep do, so much time passes as is due in that row, and they wake.
Seen watch(int jobs, int most, const std::vector<Nanoseconds>& due_in_row);

std::string row_name(const Watched& row);  // "the row of 2 threads"
