// A client for the engine's tests: `asks THREADS PORT PATH...` asks for each PATH in a thread of its
// own, all at once or, with THREADS = 0, in turn in main, and prints what it got, one line each.
// `asks timeout PORT PATH` gives its socket a time-out of 200 ms. Blocking calls, no library.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string ask(int port, const std::string& path, bool impatient) {
    const int end = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(static_cast<unsigned short>(port));
    const timeval timeout{0, 200'000};
    if (impatient) setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    std::string answer = "nobody";
    if (connect(end, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0) {
        const std::string request =
            "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Padding: " + std::string(3000, 'x') + "\r\n\r\n";
        answer.clear();
        ssize_t got = send(end, request.data(), request.size(), MSG_NOSIGNAL);
        char piece[4096];
        while (got > 0 && (got = recv(end, piece, sizeof piece, 0)) > 0)
            answer.append(piece, static_cast<std::size_t>(got));
        if (got < 0) answer += "(broken)";
    }
    close(end);
    return answer;
}

void print(const std::string& path, const std::string& answer) {
    const std::string line =
        path + " " + std::to_string(answer.size()) + " " + answer.substr(0, answer.find('\r')) + "\n";
    [[maybe_unused]] const ssize_t written = write(1, line.data(), line.size());
}

}  // namespace

int main(int argc, char** argv) {
    const std::string way = argv[1];
    const int port = std::atoi(argv[2]);
    std::vector<std::jthread> threads;
    for (int i = 3; i < argc; ++i) {
        const std::string path = argv[i];
        const auto one = [=] { print(path, ask(port, path, way == "timeout")); };
        if (way == "threads") threads.emplace_back(one);
        else one();
    }
}
