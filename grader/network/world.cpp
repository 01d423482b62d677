#include "grader/network/world.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <system_error>

#include "grader/contain/loopback.hpp"
#include "grader/network/http_head.hpp"
#include "grader/network/tcp.hpp"
#include "support/descriptor_limit.hpp"
#include "support/reason_phrase.hpp"

namespace {

constexpr std::size_t largest_request = 64 << 20;

}  // namespace

World::World() {
    allow_many_descriptors();
    listener_ = listen_on_loopback(port_);
    if (listener_ < 0) throw std::system_error(errno, std::generic_category(), "the grader's server cannot listen");
}

World::~World() {
    for (const auto& [descriptor, connection] : connections_) close(descriptor);
    close(listener_);
}

std::string World::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void World::listen_at(int listener) {
    close(listener_);
    listener_ = listener;
}

std::vector<HttpRequest> World::in_flight() const {
    std::vector<HttpRequest> found;
    for (const auto& [descriptor, connection] : connections_)
        if (connection.held) found.push_back(requests_[static_cast<std::size_t>(connection.request - 1)]);
    std::sort(found.begin(), found.end(), [](const HttpRequest& a, const HttpRequest& b) { return a.id < b.id; });
    return found;
}

void World::answer(const HttpRequest& request, int status, const std::string& body, const std::string& reason) {
    const std::string phrase = reason.empty() ? std::string(reason_phrase(status)) : reason;
    send(request, "HTTP/1.1 " + std::to_string(status) + " " + phrase +
                      "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(body.size()) +
                      "\r\nConnection: close\r\n\r\n" + body);
    finish(request);
}

void World::send(const HttpRequest& request, const std::string& bytes) {
    const auto found = by_request(request.id);
    if (found == connections_.end()) return;
    found->second.held = false;
    found->second.out += bytes;
    write_some(found->first, found->second);
}

void World::finish(const HttpRequest& request) {
    const auto found = by_request(request.id);
    if (found == connections_.end()) return;
    found->second.held = false;
    found->second.finishing = true;
    write_some(found->first, found->second);
}

void World::reset(const HttpRequest& request) {
    const auto found = by_request(request.id);
    if (found == connections_.end()) return;
    const linger at_once{1, 0};  // what close, in pump, does then
    setsockopt(found->first, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    found->second.out.clear();
    found->second.held = false;
    found->second.client_done = true;
}

bool World::is_connected(const HttpRequest& request) const {
    return std::any_of(connections_.begin(), connections_.end(), [&](const auto& entry) {
        return entry.second.request == request.id && !entry.second.client_done;
    });
}

int World::client_port(const HttpRequest& request) const {
    for (const auto& [descriptor, connection] : connections_) {
        sockaddr_in name{};
        socklen_t size = sizeof name;
        if (connection.request == request.id && getpeername(descriptor, reinterpret_cast<sockaddr*>(&name), &size) == 0)
            return ntohs(name.sin_port);
    }
    return 0;
}

void World::serve(Server server) {
    server_ = std::move(server);
    for (const HttpRequest& request : in_flight()) server_(*this, request);
}

std::vector<int> World::descriptors() const {
    std::vector<int> all{listener_};
    for (const auto& [descriptor, connection] : connections_)
        if (!connection.client_done) all.push_back(descriptor);
    return all;
}

bool World::pump() {
    bool moved = accept_all();
    for (auto entry = connections_.begin(); entry != connections_.end();) {
        auto& [descriptor, connection] = *entry;
        if (!connection.client_done && read_some(descriptor, connection)) moved = true;
        if (write_some(descriptor, connection)) moved = true;
        const bool over = connection.client_done && connection.out.empty();
        if (over) close(descriptor);
        entry = over ? connections_.erase(entry) : std::next(entry);
    }
    return moved;
}

bool World::accept_all() {
    bool any = false;
    for (;;) {
        const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        // Whoever is not let in waits, and that would be told as the program's fault.
        if (descriptor < 0 && (errno == EMFILE || errno == ENFILE))
            throw std::system_error(errno, std::generic_category(), "the grader's server cannot accept a connection");
        if (descriptor < 0) return any;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections_.try_emplace(descriptor);
        ++accepted_;
        any = true;
    }
}

bool World::read_some(int descriptor, Connection& connection) {
    char piece[16'384];
    bool any = false;
    for (;;) {
        const ssize_t got = recv(descriptor, piece, sizeof piece, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return any;
        any = true;
        if (got <= 0) {  // closed or broken: whoever was held by it is gone
            connection.client_done = true;
            connection.held = false;
            if (got < 0) connection.out.clear();
            return any;
        }
        if (connection.in.size() < largest_request) connection.in.append(piece, static_cast<std::size_t>(got));
        take_request(descriptor, connection);
    }
}

void World::take_request(int descriptor, Connection& connection) {
    const std::size_t end = connection.in.find("\r\n\r\n");
    if (connection.held || end == std::string::npos) return;
    const std::string head = connection.in.substr(0, end + 2);
    const std::string length = header_of(head, "Content-Length");
    const std::size_t size = length.empty() ? 0 : std::strtoul(length.c_str(), nullptr, 10);
    if (connection.in.size() == end + 4 && size > 0 && header_of(head, "Expect") == "100-continue") {
        connection.out += "HTTP/1.1 100 Continue\r\n\r\n";  // a client with a large body asks first
        write_some(descriptor, connection);
    }
    if (connection.in.size() < end + 4 + size) return;

    HttpRequest request;
    request.id = static_cast<int>(requests_.size()) + 1;
    request.head = head;
    request.body = connection.in.substr(end + 4, size);
    std::istringstream(head) >> request.method >> request.path;
    connection.in.erase(0, end + 4 + size);
    connection.request = request.id;
    connection.held = true;
    requests_.push_back(request);
    const auto held =
        std::count_if(connections_.begin(), connections_.end(), [](const auto& entry) { return entry.second.held; });
    most_in_flight_ = std::max(most_in_flight_, static_cast<std::size_t>(held));
    const int quick = 1;  // the client's bytes are acknowledged at once, so that none seem to be on their way
    setsockopt(descriptor, IPPROTO_TCP, TCP_QUICKACK, &quick, sizeof quick);
    if (server_) server_(*this, request);
}

bool World::write_some(int descriptor, Connection& connection) {
    bool any = false;
    while (connection.sent < connection.out.size()) {
        const ssize_t sent = ::send(descriptor, connection.out.data() + connection.sent,
                                    connection.out.size() - connection.sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) return any;
        any = true;
        connection.sent = sent < 0 ? connection.out.size() : connection.sent + static_cast<std::size_t>(sent);
    }
    connection.out.clear();
    connection.sent = 0;
    if (connection.finishing) {
        shutdown(descriptor, SHUT_WR);
        connection.finishing = false;
        any = true;
    }
    return any;
}

std::map<int, World::Connection>::iterator World::by_request(int id) {
    return std::find_if(connections_.begin(), connections_.end(),
                        [id](const auto& entry) { return entry.second.request == id; });
}

bool World::in_transit(pid_t inside) const {
    for (const auto& [descriptor, connection] : connections_)
        if (is_unacknowledged(descriptor)) return true;
    // The program's ends, and those that nobody has any more.
    const std::vector<TcpEnd> all = tcp_ends(inside);
    return std::any_of(all.begin(), all.end(), [this](const TcpEnd& end) {
        const bool ours = end.local == port_;
        if (ours && end.state == TcpEnd::listens) return end.to_read;  // not accepted yet
        if (end.remote == port_) return end.is_between() || end.to_send;
        return ours && end.state == TcpEnd::syn_received;
    });
}
