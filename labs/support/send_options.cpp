#include "support/send_options.hpp"

#include <cstdio>
#include <random>

namespace {

using namespace std::chrono_literals;

// A server delivers one message of a sender with the same id: those of this run are not those of the last one.
std::string new_sender(const std::string& executor) {
    char word[16];
    std::snprintf(word, sizeof word, "-%08x", static_cast<unsigned>(std::random_device{}()));
    return executor + word;
}

}  // namespace

SendOptions parse_send_options(int argc, char** argv, const std::string& executor, const std::string& purpose,
                               WorkerCount workers) {
    SendOptions options;
    options.executor = executor;
    options.sender = new_sender(executor);
    std::string host = options.host.host + ":" + options.host.port;
    const std::string meaning = "that send at the same time";
    Options flags(purpose);
    flags.text("--host", host, "the chat server: HOST:PORT");
    flags.count("--tasks", options.tasks, {1, 100'000}, "messages of each sample");
    if (workers == WorkerCount::range) flags.range("--workers", options.workers, {1, 256}, meaning);
    else flags.count("--workers", options.workers.most, {1, 256}, meaning);
    flags.count("--samples", options.samples, {1, 1'000}, "how often it is measured");
    flags.duration("--timeout", options.timeout, {1ms, Duration::max()}, "for a reply");
    flags.count("--retries", options.retries, {0, 100}, "of each task");
    flags.example("--host 127.0.0.1:8070 --tasks 32 --workers 8");
    flags.parse(argc, argv);
    if (workers == WorkerCount::fixed) options.workers.least = options.workers.most;
    const std::optional<Address> address = address_in(host);
    if (!address) flags.refuse("--host: '" + host + "' is not accepted: give HOST:PORT, as in 127.0.0.1:8070");
    options.host = *address;
    return options;
}
