// The state of a socket of the program under test, as the kernel tells anybody who shares its network
// (sock_diag(7)). Needs no rights over the program: it works where a copy of the socket is refused.
#pragma once

#include <sys/types.h>

#include <optional>

struct SocketState {
    bool readable = false;  // recv or accept would return at once: bytes, a connection, an end, an error
    bool writable = false;  // send would take something, or fail, at once; a connection is made
};

// `process` has the socket open as `descriptor`. None where the system does not tell: no such kind of socket, or the
// question is refused.
std::optional<SocketState> socket_state(pid_t process, int descriptor);
