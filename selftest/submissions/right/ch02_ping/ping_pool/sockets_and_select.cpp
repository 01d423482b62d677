// Right    Uses plain sockets, and select with the time left until the deadline.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
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

// Makes one request at a time, over a socket that it waits for in select.
class Client {
  public:
    explicit Client(Duration timeout) : timeout_(timeout) {}
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Answer fetch(const std::string& url) {
        Target target;
        if (!parse(url, target)) return {false, "error: not a URL"};
        deadline_ = Clock::now() + timeout_;
        socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const Answer answer = talk(target);
        close(socket_);
        return answer;
    }

  private:
    Answer talk(const Target& target) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(target.port)));
        if (inet_pton(AF_INET, target.host.c_str(), &address.sin_addr) != 1)
            return {false, "error: not an address: " + target.host};
        connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        if (!wait(POLLOUT)) return {false, "error: timed out"};
        const std::string request = "GET " + target.path + " HTTP/1.0\r\n\r\n";
        if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0)
            return {false, "error: connection refused"};
        std::string head;
        for (char piece[1024]; head.find("\r\n\r\n") == std::string::npos;) {
            if (!wait(POLLIN)) return {false, "error: timed out"};
            const ssize_t got = recv(socket_, piece, sizeof piece, 0);
            if (got <= 0) break;
            head.append(piece, static_cast<std::size_t>(got));
        }
        return read_head(head);
    }

    bool wait(short event) {  // false: the time is up
        using std::chrono::microseconds;
        const long left = std::chrono::ceil<microseconds>(deadline_ - Clock::now()).count();
        if (left <= 0) return false;
        fd_set set;
        FD_ZERO(&set);
        FD_SET(socket_, &set);
        timeval limit{left / 1'000'000, left % 1'000'000};
        fd_set* const read = event == POLLIN ? &set : nullptr;
        fd_set* const write = event == POLLOUT ? &set : nullptr;
        return select(socket_ + 1, read, write, nullptr, &limit) > 0;
    }

    Duration timeout_;
    Clock::time_point deadline_;
    int socket_ = -1;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < options.workers; ++i) {
            workers.emplace_back([&options, &all_answered, &next] {
                Client client(options.timeout);
                for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                    const Answer answer = client.fetch(options.urls[mine]);
                    print_line(options.urls[mine], ":", answer.text);
                    if (!answer.arrived) all_answered = false;
                }
            });
        }
    }
    return all_answered ? 0 : 1;
}
