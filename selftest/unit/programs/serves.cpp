// A server for the engine's tests: `serves WAY` prints its port, and answers each connection's first line
// with "HTTP/1.1 200 OK", the line's length as a body, and hangs up. "burn" as that line keeps the
// processor busy for a fifth of a second of its time first. WAY: "threads", one a connection, or "in-turn".
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

namespace {

void burn() {
    const auto used = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
    };
    for (const double begin = used(); used() - begin < 0.2;) {
    }
}

void serve(int connection) {
    std::string line;
    char piece[65'536];
    ssize_t got = 1;
    while (line.find('\n') == std::string::npos && got > 0) {
        got = recv(connection, piece, sizeof piece, 0);
        if (got > 0) line.append(piece, static_cast<std::size_t>(got));
    }
    if (line == "burn\n") burn();
    const std::string body = std::to_string(line.size());
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    [[maybe_unused]] const ssize_t sent = send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    close(connection);
}

}  // namespace

int main(int argc, char** argv) {
    const bool in_turn = argc > 1 && std::string(argv[1]) == "in-turn";
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    if (bind(listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || listen(listener, 64) != 0) return 1;
    getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size);
    const std::string line = std::to_string(ntohs(name.sin_port)) + "\n";
    [[maybe_unused]] const ssize_t written = write(1, line.data(), line.size());
    std::vector<std::jthread> threads;
    for (;;) {
        const int connection = accept(listener, nullptr, nullptr);
        if (connection < 0) return 1;
        if (in_turn) serve(connection);
        else threads.emplace_back(serve, connection);
    }
}
