// Right    Uses plain sockets. The worker checks its socket every 10 ms and sleeps in between.

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"
#include "support/reason_phrase.hpp"

// The parts of "http://host:port/path".
struct Target {
    std::string host, port = "80", path = "/";
};

bool parse(std::string url, Target& target) {
    if (!url.starts_with("http://")) return false;
    url = url.substr(7, url.find('#') - 7);
    const std::size_t slash = url.find('/');
    if (slash != std::string::npos) target.path = url.substr(slash);
    target.host = url.substr(0, slash);
    const std::size_t colon = target.host.find(':');
    if (colon != std::string::npos) {
        target.port = target.host.substr(colon + 1);
        target.host.resize(colon);
    }
    return !target.host.empty() && url.find(' ') == std::string::npos;
}

// The reason phrase in a complete head, or why there is none.
Answer read_head(const std::string& head) {
    const std::size_t space = head.find(' ');
    if (!head.starts_with("HTTP/") || space == std::string::npos || head.find("\r\n\r\n") == std::string::npos)
        return {false, "error: malformed reply"};
    const std::string reason = head.substr(space + 5, head.find('\r') - space - 5);
    const int status = std::atoi(head.c_str() + space + 1);
    return {true, reason.empty() ? std::string(reason_phrase(status)) : reason};
}

using Clock = std::chrono::steady_clock;

// Polls and sleeps in turn. Returns false when the time is up.
bool wait_for(int descriptor, short events, Clock::time_point deadline) {
    pollfd ready{descriptor, events, 0};
    while (poll(&ready, 1, 0) == 0) {
        if (Clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

class Socket {
  public:
    Socket() : number(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
    ~Socket() { close(number); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    const int number;
};

Answer fetch(const std::string& url, Duration timeout) {
    const Clock::time_point deadline = Clock::now() + timeout;
    Target target;
    if (!parse(url, target)) return {false, "error: not a URL"};
    addrinfo hints{}, *found = nullptr;
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(target.host.c_str(), target.port.c_str(), &hints, &found) != 0)
        return {false, "error: name not found"};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> address(found, freeaddrinfo);

    const Socket socket;
    if (connect(socket.number, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS)
        return {false, std::string("error: ") + std::strerror(errno)};
    if (!wait_for(socket.number, POLLOUT, deadline)) return {false, "error: timed out"};
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return {false, std::string("error: ") + std::strerror(error)};

    const std::string request = "GET " + target.path + " HTTP/1.1\r\nHost: " + target.host + "\r\n\r\n";
    send(socket.number, request.data(), request.size(), MSG_NOSIGNAL);
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        if (!wait_for(socket.number, POLLIN, deadline)) return {false, "error: timed out"};
        char piece[512];
        const ssize_t got = recv(socket.number, piece, sizeof piece, 0);
        if (got <= 0) break;
        head.append(piece, static_cast<std::size_t>(got));
    }
    return read_head(head);
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&options, &all_answered, &next] {
            for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                const Answer answer = fetch(options.urls[mine], options.timeout);
                print_line(options.urls[mine], ":", answer.text);
                if (!answer.arrived) all_answered = false;
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    return all_answered ? 0 : 1;
}
