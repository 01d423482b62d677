#include "grader/network/world.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
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

World::World(Speech speech) : speech_(speech) {
    allow_many_descriptors();
    listener_ = listen_on_loopback(port_);
    if (listener_ < 0) throw std::system_error(errno, std::generic_category(), "the grader's server cannot listen");
}

World::~World() {
    visits_.clear();
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
    for (const auto& [descriptor, visit] : visits_)
        if (visit.held) found.push_back(requests_[static_cast<std::size_t>(visit.request - 1)]);
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
    if (found == visits_.end()) return;
    Visit& visit = found->second;
    visit.held = false;
    visit.line.send(bytes);
    write_some(visit);
    if (speech_ == Speech::lines) take_request(visit);
}

void World::finish(const HttpRequest& request) {
    const auto found = by_request(request.id);
    if (found == visits_.end()) return;
    found->second.held = false;
    found->second.finishing = true;
    write_some(found->second);
}

void World::reset(const HttpRequest& request) {
    const auto found = by_request(request.id);
    if (found == visits_.end()) return;
    const linger at_once{1, 0};  // what close, in pump, does then
    setsockopt(found->first, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    found->second.line.drop_unsent();
    found->second.held = false;
    found->second.client_done = true;
}

bool World::is_connected(const HttpRequest& request) const {
    return std::any_of(visits_.begin(), visits_.end(), [&](const auto& entry) {
        return entry.second.request == request.id && !entry.second.client_done;
    });
}

int World::client_port(const HttpRequest& request) const {
    for (const auto& [descriptor, visit] : visits_) {
        sockaddr_in name{};
        socklen_t size = sizeof name;
        if (visit.request == request.id && getpeername(descriptor, reinterpret_cast<sockaddr*>(&name), &size) == 0)
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
    for (const auto& [descriptor, visit] : visits_)
        if (!visit.client_done) all.push_back(descriptor);
    return all;
}

bool World::pump() {
    bool moved = accept_all();
    for (auto entry = visits_.begin(); entry != visits_.end();) {
        Visit& visit = entry->second;
        if (!visit.client_done && read_some(visit)) moved = true;
        if (write_some(visit)) moved = true;
        const bool over = visit.client_done && visit.line.all_sent();
        entry = over ? visits_.erase(entry) : std::next(entry);
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
        visits_.try_emplace(descriptor, descriptor);
        ++accepted_;
        any = true;
    }
}

bool World::read_some(Visit& visit) {
    std::string& in = visit.line.in;
    for (bool any = false;; any = true) {
        const std::size_t had = in.size();
        switch (visit.line.read_piece()) {
            case Connection::Came::nothing: return any;
            case Connection::Came::failure: visit.line.drop_unsent(); [[fallthrough]];
            case Connection::Came::end:  // whoever was held by it is gone
                visit.client_done = true;
                visit.held = false;
                return true;
            case Connection::Came::bytes:
                if (had >= largest_request) in.resize(had);
                take_request(visit);
        }
    }
}

bool World::take_http(Visit& visit, HttpRequest& request) {
    std::string& in = visit.line.in;
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::string head = in.substr(0, end + 2);
    const std::string length = header_of(head, "Content-Length");
    const std::size_t size = length.empty() ? 0 : std::strtoul(length.c_str(), nullptr, 10);
    if (in.size() == end + 4 && size > 0 && header_of(head, "Expect") == "100-continue") {
        visit.line.send("HTTP/1.1 100 Continue\r\n\r\n");  // a client with a large body asks first
        write_some(visit);
    }
    if (in.size() < end + 4 + size) return false;
    request.head = head;
    request.body = in.substr(end + 4, size);
    std::istringstream(head) >> request.method >> request.path;
    in.erase(0, end + 4 + size);
    return true;
}

bool World::take_line(Visit& visit, HttpRequest& request) {
    std::string& in = visit.line.in;
    const std::size_t end = in.find('\n');
    if (end == std::string::npos) return false;
    request.body = in.substr(0, end);
    in.erase(0, end + 1);
    return true;
}

void World::take_request(Visit& visit) {
    HttpRequest request;
    if (visit.held || !(speech_ == Speech::http ? take_http(visit, request) : take_line(visit, request))) return;
    request.id = static_cast<int>(requests_.size()) + 1;
    visit.request = request.id;
    visit.held = true;
    requests_.push_back(request);
    const auto held =
        std::count_if(visits_.begin(), visits_.end(), [](const auto& entry) { return entry.second.held; });
    most_in_flight_ = std::max(most_in_flight_, static_cast<std::size_t>(held));
    visit.line.acknowledge_at_once();
    if (server_) server_(*this, request);
}

bool World::write_some(Visit& visit) {
    bool any = visit.line.write_some();
    if (visit.finishing && visit.line.all_sent()) {
        shutdown(visit.line.socket(), SHUT_WR);
        visit.finishing = false;
        any = true;
    }
    return any;
}

std::map<int, World::Visit>::iterator World::by_request(int id) {
    return std::find_if(visits_.begin(), visits_.end(), [id](const auto& entry) { return entry.second.request == id; });
}

bool World::in_transit(pid_t inside) {
    for (const auto& [descriptor, visit] : visits_)
        if (visit.line.is_in_transit()) return true;
    // The program's ends, and those that nobody has any more.
    return !rest_.has_come(inside, [this](const TcpEnd& end) {
        const bool ours = end.local == port_;
        if (ours && end.state == TcpEnd::listens) return end.to_read;  // not accepted yet
        if (end.remote == port_) return end.is_between() || end.to_send;
        return ours && end.state == TcpEnd::syn_received;
    });
}
