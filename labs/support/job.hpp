// A job of `scaling`, and how a row of its table is printed.
#pragma once

#include <string>

struct ScalingOptions {
    std::string work = "io";  // or "cpu"
    int jobs = 64;
    int max_threads = 16;
};

// Prints help or a refusal, and ends the program, as Options::parse does.
ScalingOptions parse_scaling_options(int argc, char** argv, const std::string& purpose);

// "io": blocks for 2 ms, as if it waited for a slow disk or server. "cpu": computes for 2 ms of processor
// time, however long that takes. Thread-safe.
void do_job(const std::string& work);

struct ScalingRow {
    int threads = 1;
    double seconds = 0;
    double speedup = 1;          // the seconds of one thread over these
    double efficiency = 1;       // the speed-up over the threads
    double serial_fraction = 0;  // the Karp-Flatt metric; not printed for one thread
};

void print_scaling_header();  // threads,seconds,speedup,efficiency,serial_fraction
void print_scaling_row(const ScalingRow& row);
