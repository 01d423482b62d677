// The given status server: every status with its phrase, items, bad input, many at once, its end.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <vector>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/loopback.hpp"
#include "support/descriptor_limit.hpp"
#include "support/http.hpp"
#include "support/item.hpp"
#include "support/reason_phrase.hpp"

namespace {

class StatusServer {
  public:
    explicit StatusServer(const std::string& port = "0")
        : child_({std::string(kit_build) + "/labs/support/status_server", "--port", port}, plain_environment(),
                 Child::Out::pipe) {
        while (child_.out().find('\n') == std::string::npos && !child_.ended()) {
            if (!child_.read_output()) usleep(1000);
        }
        url = child_.out().substr(0, child_.out().find('\n'));
        const std::string greeting = "listening on ";
        if (url.rfind(greeting, 0) == 0) url.erase(0, greeting.size());
    }
    int port() const { return std::stoi(url.substr(url.rfind(':') + 1)); }
    Ending stop(int signal) {
        kill(child_.process(), signal);
        return child_.wait().value();
    }
    Child& child() { return child_; }
    std::string url;

  private:
    Child child_;
};

// A connection with a request sent; blocking.
int request(int port, const std::string& text) {
    const int end = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in name = on_loopback(port);
    REQUIRE(connect(end, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0);
    REQUIRE(send(end, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
    return end;
}

// All that the server sends until it hangs up.
std::string answer_to(int port, const std::string& text) {
    const int end = request(port, text);
    std::string answer;
    char piece[4096];
    for (ssize_t got; (got = recv(end, piece, sizeof piece, 0)) > 0;)
        answer.append(piece, static_cast<std::size_t>(got));
    close(end);
    return answer;
}

std::string get(int port, const std::string& path, const std::string& method = "GET") {
    return answer_to(port, method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

std::string body(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

bool begins(const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
}

}  // namespace

TEST_CASE("every status is answered with its reason phrase") {
    StatusServer server;
    for (int status = 200; status <= 599; ++status) {
        const std::string phrase(reason_phrase(status));
        const std::string answer = get(server.port(), "/" + std::to_string(status));
        INFO(answer);
        CHECK(begins(answer, "HTTP/1.1 " + std::to_string(status) + " " + phrase + "\r\n"));
        const bool bodiless = status == 204 || status == 304;
        CHECK(body(answer) == (bodiless ? "" : std::to_string(status) + " " + phrase));
    }
    CHECK(ask(server.url + "/524", std::chrono::minutes(1)).text == "A Timeout Occurred");
    CHECK(ask(server.url + "/299", std::chrono::minutes(1)).text == "Unknown");
}

TEST_CASE("items depend on their number alone") {
    StatusServer server;
    const std::string item = body(get(server.port(), "/item/7?size=100000"));
    CHECK(item == item_data(7, 100000));
    CHECK(body(get(server.port(), "/item/7?size=100000&sleep=20")) == item);
    CHECK(body(get(server.port(), "/item/7?size=10")) == item.substr(0, 10));
    CHECK(body(get(server.port(), "/item/8?size=100000")) != item);
    CHECK(body(get(server.port(), "/item/8?size=0")).empty());
    CHECK(body(get(server.port(), "/item/1?size=16777216")).size() == 16777216);
}

TEST_CASE("what is not there is 404, and what is wrong is told") {
    StatusServer server;
    for (const char* path :
         {"/", "/199", "/600", "/20", "/2000", "/abc", "/item/", "/item/x", "/item", "/200/", "/-200"})
        CHECK(begins(get(server.port(), path), "HTTP/1.1 404 Not Found\r\n"));
    CHECK(begins(get(server.port(), "/200", "POST"), "HTTP/1.1 404 Not Found\r\n"));
    CHECK(begins(get(server.port(), "/404", "HEAD"), "HTTP/1.1 404 Not Found\r\n"));
    CHECK(body(get(server.port(), "/404", "HEAD")).empty());
    for (const char* path :
         {"/200?sleep=60001", "/200?sleep=-1", "/200?sleep=x", "/item/1?size=16777217", "/item/1?size=many"})
        CHECK(begins(get(server.port(), path), "HTTP/1.1 400 Bad Request\r\n"));
    CHECK(begins(get(server.port(), "/200 what"), "HTTP/1.1 "));
    close(request(server.port(), "nonsense\r\n\r\n"));
    close(request(server.port(), "GET /200?sleep=50 HTTP/1.1\r\nHost: x\r\n\r\n"));  // hangs up
    CHECK(begins(get(server.port(), "/200?sleep=100"), "HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("a chunk without a size is malformed, and one with too much of it is too large") {
    StatusServer server;
    const std::string chunked = "POST /200 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char* body :
         {"zz\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n-5\r\nhello\r\n0\r\n\r\n", "0x\r\nhello\r\n0\r\n\r\n"}) {
        const std::string answer = answer_to(server.port(), chunked + body);
        INFO(answer);
        CHECK(begins(answer, "HTTP/1.1 400 Bad Request\r\n"));
        CHECK(answer.find("413") == std::string::npos);
    }
    CHECK(begins(answer_to(server.port(), chunked + "fffffff\r\nhello\r\n0\r\n\r\n"), "HTTP/1.1 413 "));
    const std::string too_long = "POST /200 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n";
    CHECK(begins(answer_to(server.port(), too_long), "HTTP/1.1 413 "));
    CHECK(begins(get(server.port(), "/200"), "HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("a thousand slow requests hold nobody up, and the end comes all the same") {
    allow_many_descriptors();
    StatusServer server;
    std::vector<int> slow;
    for (int i = 0; i < 1000; ++i)
        slow.push_back(request(server.port(), "GET /200?sleep=60000 HTTP/1.1\r\nHost: x\r\n\r\n"));
    CHECK(begins(get(server.port(), "/404"), "HTTP/1.1 404 Not Found\r\n"));
    CHECK(begins(get(server.port(), "/200?sleep=1"), "HTTP/1.1 200 OK\r\n"));
    CHECK(server.stop(SIGTERM) == Ending{false, 0});
    for (const int end : slow) {
        char byte;
        CHECK(recv(end, &byte, 1, 0) <= 0);  // no answer came, and none will
        close(end);
    }
}

TEST_CASE("a server ends well by SIGINT too, and refuses a port that is taken") {
    StatusServer server;
    StatusServer second(std::to_string(server.port()));
    CHECK(second.child().wait() == Ending{false, 1});
    CHECK(second.child().errors().find("cannot listen on 127.0.0.1:" + std::to_string(server.port())) == 0);
    CHECK(server.stop(SIGINT) == Ending{false, 0});
}
