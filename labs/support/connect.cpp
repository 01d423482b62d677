#include "support/connect.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <stdexcept>

std::optional<Address> address_in(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    Address address{text.substr(0, colon), text.substr(colon + 1)};
    const bool has_brackets = address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']';
    if (has_brackets) address.host = address.host.substr(1, address.host.size() - 2);
    if (!has_brackets && address.host.find(':') != std::string::npos) return std::nullopt;
    int port = 0;
    const char* const end = address.port.data() + address.port.size();
    const auto [stopped, error] = std::from_chars(address.port.data(), end, port);
    if (error != std::errc() || stopped != end || port < 1 || port > 65'535) return std::nullopt;
    return address;
}

Descriptor connect_to(const Address& address) {
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    if (const int wrong = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); wrong != 0)
        throw std::runtime_error(wrong == EAI_SYSTEM ? std::strerror(errno) : gai_strerror(wrong));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, freeaddrinfo);
    int why = 0;
    for (const addrinfo* one = found; one; one = one->ai_next) {
        Descriptor connection(socket(one->ai_family, one->ai_socktype, one->ai_protocol));
        fcntl(connection.number(), F_SETFD, FD_CLOEXEC);
        const int on = 1;  // a line is sent when it is written, and does not wait for more
        setsockopt(connection.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (connect(connection.number(), one->ai_addr, one->ai_addrlen) == 0) return connection;
        why = errno;
    }
    throw std::runtime_error(std::strerror(why));
}
