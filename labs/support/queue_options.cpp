#include "support/queue_options.hpp"

#include "support/options.hpp"

QueueOptions parse_queue_options(int argc, char** argv, const std::string& purpose) {
    QueueOptions options;
    std::int64_t capacity = static_cast<std::int64_t>(options.capacity);
    Options flags(purpose);
    flags.count("--capacity", capacity, {1, 100'000}, "the most items in the queue at once");
    flags.count("--producers", options.producers, {1, 64}, "threads that put items");
    flags.count("--consumers", options.consumers, {1, 64}, "threads that take them");
    flags.count("--items", options.items, {0, 1'000'000'000'000}, "how many in all: the numbers 1 to ITEMS");
    flags.example("--capacity 1 --producers 3 --consumers 1 --items 50k");
    flags.parse(argc, argv);
    options.capacity = static_cast<std::size_t>(capacity);
    return options;
}
