// A TCP connection to an address as people write it: 127.0.0.1:8070, localhost:8070, [::1]:8070.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "support/deadline.hpp"
#include "support/descriptor.hpp"

struct Address {
    std::string host, port;
};

// None where it is no HOST:PORT, with a port from 1 to 65535.
std::optional<Address> address_in(const std::string& text);

// Its text says why there is no connection.
struct NotConnected : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Blocks until the connection is there. Throws NotConnected where it cannot be had, or not in time, and std::system_error
// where this machine has no socket for it.
Descriptor connect_to(const Address& address, const Deadline& deadline = Deadline(Duration::max()));
