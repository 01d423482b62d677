#include "support/connect.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <system_error>

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

namespace {

// Why there is no connection, as errno says it; 0 where there is one.
int connected(const Descriptor& socket, const addrinfo& to, const Deadline& deadline) {
    if (connect(socket.number(), to.ai_addr, to.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS && errno != EINTR) return errno;
    if (!deadline.wait_for(socket.number(), POLLOUT)) return ETIMEDOUT;
    int why = 0;
    socklen_t size = sizeof why;
    getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &why, &size);
    return why;
}

}  // namespace

Descriptor connect_to(const Address& address, const Deadline& deadline) {
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    if (const int wrong = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); wrong != 0)
        throw NotConnected(wrong == EAI_SYSTEM ? std::strerror(errno) : gai_strerror(wrong));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, freeaddrinfo);
    int why = 0;
    for (const addrinfo* one = found; one; one = one->ai_next) {
        Descriptor connection(socket(one->ai_family, one->ai_socktype, one->ai_protocol));
        if (!connection.is_open()) throw std::system_error(errno, std::generic_category(), "no socket");
        fcntl(connection.number(), F_SETFD, FD_CLOEXEC);
        const int on = 1;  // a line is sent when it is written, and does not wait for more
        setsockopt(connection.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        fcntl(connection.number(), F_SETFL, O_NONBLOCK);  // only now: connect is to end in time
        why = connected(connection, *one, deadline);
        fcntl(connection.number(), F_SETFL, 0);
        if (why == 0) return connection;
    }
    throw NotConnected(std::strerror(why));
}
