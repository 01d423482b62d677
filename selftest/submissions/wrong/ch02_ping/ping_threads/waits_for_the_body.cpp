// Wrong    Reads until the server closes the connection, and only then looks at the answer.
// Caught   prints the reason phrase of each answer

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
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

timeval seconds_of(Duration timeout) {
    const auto micros = std::chrono::ceil<std::chrono::microseconds>(timeout).count();
    return {micros / 1'000'000, micros % 1'000'000};
}

std::string what_went_wrong() {
    const bool late = errno == EAGAIN || errno == EINPROGRESS;  // what a socket's own time-out says
    return late ? "error: timed out" : std::string("error: ") + std::strerror(errno);
}

Answer talk(int socket, const Target& target, Duration timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    const auto limit_what_comes = [socket, deadline] {
        const Duration left = deadline - std::chrono::steady_clock::now();
        const timeval limit = seconds_of(std::max(left, Duration(1)));  // 0 would be no limit
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    };
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(target.port)));
    if (inet_pton(AF_INET, target.host.c_str(), &address.sin_addr) != 1)
        return {false, "error: not an address: " + target.host};
    limit_what_comes();
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {false, what_went_wrong()};
    const std::string request = "GET " + target.path + " HTTP/1.0\r\n\r\n";
    if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) return {false, what_went_wrong()};
    std::string head;
    for (;;) {
        char piece[4096];
        limit_what_comes();
        const ssize_t got = recv(socket, piece, sizeof piece, 0);
        if (got < 0) return {false, what_went_wrong()};
        if (got == 0) break;
        head.append(piece, static_cast<std::size_t>(got));
    }
    return read_head(head);
}

Answer fetch(const std::string& url, Duration timeout) {
    Target target;
    if (!parse(url, target)) return {false, "error: not a URL"};
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const Answer answer = talk(socket, target, timeout);
    close(socket);
    return answer;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                const Answer answer = fetch(url, options.timeout);
                print_line(url, ":", answer.text);
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
