// Wrong    Plain sockets, a thread per connection, no limits and no signal handling. Answering a client that has hung
//          up ends the server (SIGPIPE), and so does SIGTERM.
// Caught   a client that hangs up disturbs nobody
// Says     a client hung up in the middle of its request: the program was ended by signal 13
// Caught   ends at SIGTERM, in the middle of work too
// Says     when idle: the program was ended by signal 15
// Also     tells bad requests what is wrong, and serves on
// Also     refuses a body over 8 MiB
// Also     serves only who has the token, where one is set
// Also     joins every thread
// Also     has no data race
// Also     has no memory error

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/processing.hpp"
#include "support/processing_json.hpp"
#include "support/processing_service.hpp"

void serve_one(int connection) {
    std::string text;
    std::size_t head = std::string::npos, length = 0;
    char piece[65536];
    while (head == std::string::npos || text.size() < head + 4 + length) {
        const ssize_t got = recv(connection, piece, sizeof piece, 0);
        if (got <= 0) break;
        text.append(piece, static_cast<std::size_t>(got));
        head = text.find("\r\n\r\n");
        const std::size_t at = text.find("Content-Length: ");
        if (at != std::string::npos) length = std::strtoul(text.c_str() + at + 16, nullptr, 10);
    }
    std::string line = "HTTP/1.1 200 OK\r\n", body;
    try {
        const Picture picture = picture_in(head == std::string::npos ? "" : text.substr(head + 4));
        body = reply_of(text.rfind("POST /process1", 0) == 0 ? process1(picture) : process2(picture));
    } catch (const BadMessage& bad) {
        line = "HTTP/1.1 400 Bad Request\r\n";
        body = error_of(bad.what());
    }
    line += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    for (const std::string& part : {line, body}) {
        [[maybe_unused]] const ssize_t sent = send(connection, part.data(), part.size(), 0);
    }
    close(connection);
}

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(static_cast<unsigned short>(options.service.port));
    socklen_t size = sizeof name;
    if (bind(listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || listen(listener, 100) != 0) return 1;
    getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size);
    print_line("listening on http://127.0.0.1:", ntohs(name.sin_port));
    std::vector<std::jthread> threads;
    for (;;) threads.emplace_back(serve_one, accept(listener, nullptr, nullptr));
}
