// The loopback of whatever network the caller is in: an address there, and a socket that listens.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

inline sockaddr_in on_loopback(int port) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(static_cast<std::uint16_t>(port));
    return name;
}

// Non-blocking, with room for a thousand at once. `port`: 0 is any free one, and becomes the one that
// it got. -1 and errno where that fails.
inline int listen_on_loopback(int& port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) return -1;
    sockaddr_in name = on_loopback(port);
    socklen_t size = sizeof name;
    if (bind(listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || listen(listener, 4096) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size) != 0) {
        close(listener);
        return -1;
    }
    port = ntohs(name.sin_port);
    return listener;
}
