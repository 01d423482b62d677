#include "grader/network/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
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
}

int Client::call(int port, const std::string& bytes) {
    if (unused_.empty()) throw std::logic_error("no socket left: construct the Client with more");
    calls_.push_back({Connection(unused_.back())});
    unused_.pop_back();
    Call& call = calls_.back();

    sockaddr_in name = on_loopback(port);
    const int socket = call.line.socket();
    if (connect(socket, reinterpret_cast<sockaddr*>(&name), sizeof name) != 0 && errno != EINPROGRESS)
        throw std::system_error(errno, std::generic_category(), "the grader's client cannot connect");
    socklen_t size = sizeof name;
    getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size);
    call.port = ntohs(name.sin_port);
    call.line.send(bytes);
    return static_cast<int>(calls_.size()) - 1;
}

void Client::send(int call, const std::string& bytes) {
    calls_.at(static_cast<std::size_t>(call)).line.send(bytes);
}

void Client::hang_up(int number) {
    Call& call = calls_.at(static_cast<std::size_t>(number));
    call.line.close();
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
        if (!call.line.is_open()) continue;
        if (call.line.write_some()) moved = true;
        if (!call.over && read_some(call)) moved = true;
    }
    return moved;
}

bool Client::read_some(Call& call) {
    for (bool any = false;; any = true) {
        switch (call.line.read_piece()) {
            case Connection::Came::nothing: return any;
            case Connection::Came::failure:
            case Connection::Came::end: call.over = true; return true;
            case Connection::Came::bytes: call.line.acknowledge_at_once();
        }
    }
}

std::vector<int> Client::descriptors() const {
    std::vector<int> open;
    for (const Call& call : calls_)
        if (call.line.is_open() && !call.over) open.push_back(call.line.socket());
    return open;
}

bool Client::in_transit(pid_t inside) {
    for (const Call& call : calls_)
        if (call.line.is_open() && call.line.is_in_transit()) return true;
    return !rest_.has_come(inside, [this](const TcpEnd& end) {
        return std::any_of(calls_.begin(), calls_.end(), [&](const Call& call) {
            const bool programs_own = end.remote == call.port;
            return (programs_own || end.local == call.port) && (end.is_between() || (programs_own && end.to_send));
        });
    });
}
