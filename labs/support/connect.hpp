// A TCP connection to an address as people write it: 127.0.0.1:8070, localhost:8070, [::1]:8070.
#pragma once

#include <optional>
#include <string>

#include "support/descriptor.hpp"

struct Address {
    std::string host, port;
};

// None where it is no HOST:PORT, with a port from 1 to 65535.
std::optional<Address> address_in(const std::string& text);

// Blocks until the connection is there. Throws std::runtime_error with the reason where it cannot be had.
Descriptor connect_to(const Address& address);
