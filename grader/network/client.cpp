#include "grader/network/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include "grader/contain/loopback.hpp"
#include "grader/network/http_head.hpp"
#include "grader/network/tcp.hpp"

Client::~Client() {
    for (const int socket : unused_) close(socket);
    for (const Call& call : calls_)
        if (call.socket >= 0) close(call.socket);
}

int Client::call(int port, const std::string& bytes) {
    if (unused_.empty()) throw std::logic_error("no socket left: construct the Client with more");
    Call call;
    call.socket = unused_.back();
    call.out = bytes;
    unused_.pop_back();
    calls_.push_back(call);

    sockaddr_in name = on_loopback(port);
    if (connect(call.socket, reinterpret_cast<sockaddr*>(&name), sizeof name) != 0 && errno != EINPROGRESS)
        throw std::system_error(errno, std::generic_category(), "the grader's client cannot connect");
    const int on = 1;
    setsockopt(call.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    socklen_t size = sizeof name;
    getsockname(call.socket, reinterpret_cast<sockaddr*>(&name), &size);
    calls_.back().port = ntohs(name.sin_port);
    write_some(calls_.back());
    return static_cast<int>(calls_.size()) - 1;
}

void Client::send(int call, const std::string& bytes) {
    calls_.at(static_cast<std::size_t>(call)).out += bytes;
    write_some(calls_[static_cast<std::size_t>(call)]);
}

void Client::hang_up(int number) {
    Call& call = calls_.at(static_cast<std::size_t>(number));
    if (call.socket >= 0) close(call.socket);
    call.socket = -1;
    call.over = true;
}

std::optional<HttpReply> Client::reply(int call) const {
    const std::string& in = received(call);
    const std::size_t end = in.find("\r\n\r\n");
    if (in.rfind("HTTP/1.", 0) != 0 || end == std::string::npos) return std::nullopt;
    HttpReply reply;
    reply.status = std::atoi(in.c_str() + in.find(' '));
    reply.head = in.substr(0, end + 2);
    reply.body = in.substr(end + 4);
    const std::string length = header_of(reply.head, "Content-Length");
    if (length.empty() ? !is_over(call) : reply.body.size() < std::strtoul(length.c_str(), nullptr, 10))
        return std::nullopt;
    return reply;
}

bool Client::awaits_replies() const {
    for (std::size_t i = 0; i < calls_.size(); ++i)
        if (!calls_[i].over && !reply(static_cast<int>(i))) return true;
    return false;
}

bool Client::pump() {
    bool moved = false;
    for (Call& call : calls_) {
        if (call.socket < 0) continue;
        if (write_some(call)) moved = true;
        if (!call.over && read_some(call)) moved = true;
    }
    return moved;
}

// A connection that is not there yet takes nothing, and says that it is to be tried again.
bool Client::write_some(Call& call) {
    bool any = false;
    while (call.sent < call.out.size()) {
        const ssize_t sent =
            ::send(call.socket, call.out.data() + call.sent, call.out.size() - call.sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) return any;
        any = true;
        call.sent = sent < 0 ? call.out.size() : call.sent + static_cast<std::size_t>(sent);  // broken: reading tells
    }
    call.out.clear();
    call.sent = 0;
    return any;
}

bool Client::read_some(Call& call) {
    char piece[16'384];
    bool any = false;
    for (;;) {
        const ssize_t got = recv(call.socket, piece, sizeof piece, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return any;
        any = true;
        if (got <= 0) {
            call.over = true;
            return any;
        }
        call.in.append(piece, static_cast<std::size_t>(got));
        const int quick = 1;  // acknowledged at once, so that nothing seems to be on its way
        setsockopt(call.socket, IPPROTO_TCP, TCP_QUICKACK, &quick, sizeof quick);
    }
}

std::vector<int> Client::descriptors() const {
    std::vector<int> open;
    for (const Call& call : calls_)
        if (call.socket >= 0 && !call.over) open.push_back(call.socket);
    return open;
}

bool Client::in_transit(pid_t inside) const {
    for (const Call& call : calls_)
        if (call.socket >= 0 && is_unacknowledged(call.socket)) return true;
    const std::vector<TcpEnd> all = tcp_ends(inside);
    return std::any_of(all.begin(), all.end(), [this](const TcpEnd& end) {
        return std::any_of(calls_.begin(), calls_.end(), [&](const Call& call) {
            const bool programs_own = end.remote == call.port;
            return (programs_own || end.local == call.port) && (end.is_between() || (programs_own && end.to_send));
        });
    });
}
