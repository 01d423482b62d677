// The flags of bounded_queue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct QueueOptions {
    std::size_t capacity = 4;
    int producers = 2, consumers = 2;
    std::int64_t items = 1000;
};

// Prints help or a refusal, and ends the program, as Options::parse does.
QueueOptions parse_queue_options(int argc, char** argv, const std::string& purpose);
