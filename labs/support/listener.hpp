// Where a server listens: its flags, and a socket.
#pragma once

#include <string>

#include "support/descriptor.hpp"
#include "support/options.hpp"

struct ListenOptions {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: any free one

    void add_flags(Options& flags);  // --port and --bind
};

struct Listener {
    Descriptor socket;    // does not block
    std::string address;  // "127.0.0.1:8020": with the port that it got
};

// Bound and listening, with a queue for a thousand at once. Throws std::runtime_error, with the address, where it
// cannot be had.
Listener listen_at(const ListenOptions& options);
