#include "grader/network/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "grader/network/tcp.hpp"

Connection::Connection(int socket) : socket_(socket) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void Connection::send(const std::string& bytes) {
    out_ += bytes;
    write_some();
}

// A connection that is not there yet takes nothing, and says that it is to be tried again.
bool Connection::write_some() {
    bool any = false;
    while (sent_ < out_.size()) {
        const ssize_t sent = ::send(socket(), out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) return any;
        any = true;
        sent_ = sent < 0 ? out_.size() : sent_ + static_cast<std::size_t>(sent);  // broken: reading tells
    }
    out_.clear();
    sent_ = 0;
    return any;
}

Connection::Came Connection::read_piece() {
    char piece[16'384];
    for (;;) {
        const ssize_t got = recv(socket(), piece, sizeof piece, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno == EAGAIN ? Came::nothing : Came::failure;
        if (got == 0) return Came::end;
        in.append(piece, static_cast<std::size_t>(got));
        return Came::bytes;
    }
}

void Connection::acknowledge_at_once() {
    const int quick = 1;
    setsockopt(socket(), IPPROTO_TCP, TCP_QUICKACK, &quick, sizeof quick);
}

bool Connection::is_in_transit() const {
    return is_unacknowledged(socket());
}
