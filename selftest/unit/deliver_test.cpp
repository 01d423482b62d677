// A message and its reply, over a connection that is kept until it breaks.
#include "support/deliver.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <system_error>
#include <thread>

#include "bench/catch.hpp"
#include "support/listener.hpp"
#include "support/write_all.hpp"

namespace {

// What the server does with a line that has come.
struct Answer {
    std::string bytes{};
    enum class Then { goes_on, closes, resets } then = Then::goes_on;
};
using Then = Answer::Then;

// Serves one connection after the other, in a thread of its own.
class TestServer {
  public:
    explicit TestServer(std::function<Answer(int line)> answer)
        : answer_(std::move(answer)), listener_(listen_at({})), thread_([this] { serve(); }) {}
    ~TestServer() {
        shutdown(listener_.socket.number(), SHUT_RDWR);  // ends poll, and then accept
        const std::scoped_lock lock(mutex_);
        ended_ = true;
        if (connection_.is_open()) shutdown(connection_.number(), SHUT_RDWR);
    }

    SendOptions options() const {
        SendOptions options;
        options.host = *address_in(listener_.address);
        options.sender = "a-sender";
        options.timeout = Duration::max();
        return options;
    }
    std::vector<std::string> lines() {
        const std::scoped_lock lock(mutex_);
        return lines_;
    }
    int connections() {
        const std::scoped_lock lock(mutex_);
        return connections_;
    }

  private:
    void serve() {
        while (take_connection()) {
            LineSplitter splitter;
            char bytes[4096];
            for (ssize_t got; (got = read(connection_.number(), bytes, sizeof bytes)) > 0;) {
                splitter.add({bytes, static_cast<std::size_t>(got)});
                while (const auto line = splitter.next()) {
                    if (!goes_on_after(std::string(line->text))) goto next;
                }
            }
        next:
            const std::scoped_lock lock(mutex_);
            connection_.close();
        }
    }
    bool take_connection() {
        if (!Deadline(Duration::max()).wait_for(listener_.socket.number(), POLLIN)) return false;
        Descriptor connection(accept(listener_.socket.number(), nullptr, nullptr));
        const std::scoped_lock lock(mutex_);
        connection_ = std::move(connection);
        ++connections_;
        return connection_.is_open() && !ended_;
    }
    bool goes_on_after(const std::string& line) {
        int number = 0;
        {
            const std::scoped_lock lock(mutex_);
            lines_.push_back(line);
            number = static_cast<int>(lines_.size());
        }
        const Answer answer = answer_(number);
        for (const char byte : answer.bytes) write_all(connection_.number(), {&byte, 1});  // in pieces
        if (answer.then == Then::resets) {
            const linger at_once{1, 0};
            setsockopt(connection_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
        return answer.then == Then::goes_on;
    }

    const std::function<Answer(int line)> answer_;
    Listener listener_;
    std::mutex mutex_;
    std::vector<std::string> lines_;  // these four are guarded by mutex_
    int connections_ = 0;
    Descriptor connection_;
    bool ended_ = false;
    std::jthread thread_;
};

std::string ack(int id) {
    return ack_line({id, 7});
}

}  // namespace

TEST_CASE("a message has its sender, its task's number as its id, and an end; the connection is kept for the next") {
    TestServer server([](int line) { return Answer{ack(line == 1 ? 41 : 42)}; });
    const SendOptions options = server.options();
    ChatConnection connection(options);
    for (const int task : {41, 42}) {
        const Outcome outcome = deliver(connection, task, options);
        CHECK(outcome.ok);
        CHECK(outcome.retries == 0);
    }
    const std::vector<std::string> lines = server.lines();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] + "\n" == message_line({"a-sender", "task 41", 41}));
    CHECK(lines[1] + "\n" == message_line({"a-sender", "task 42", 42}));
    CHECK(server.connections() == 1);
}

TEST_CASE("what breaks is tried again over a new connection, with the same line") {
    const std::vector<Answer> bad = {
        {"", Then::closes},
        {"", Then::resets},
        {R"({"type":"ack","id":5,"se)", Then::closes},
        {"garbage\n"},
        {"{}\n"},
        {ack(6)},
        {delivery_line({"somebody", "something", 3})},
        {std::string(70'000, 'x')},
    };
    for (const Answer& answer : bad) {
        TestServer server([&](int line) { return line == 1 ? answer : Answer{"\r\n\n" + ack(5)}; });
        const SendOptions options = server.options();
        ChatConnection connection(options);
        const Outcome outcome = deliver(connection, 5, options);
        CAPTURE(answer.bytes.substr(0, 40), outcome.why);
        CHECK(outcome.ok);
        CHECK(outcome.retries == 1);
        CHECK(server.connections() == 2);
        const std::vector<std::string> lines = server.lines();
        REQUIRE(lines.size() == 2);
        CHECK(lines[0] == lines[1]);
    }
}

TEST_CASE("a connection that was closed while nobody used it is replaced") {
    TestServer server([](int line) { return Answer{ack(line), line == 1 ? Then::closes : Then::goes_on}; });
    const SendOptions options = server.options();
    ChatConnection connection(options);
    CHECK(deliver(connection, 1, options).ok);
    const Outcome outcome = deliver(connection, 2, options);
    CHECK(outcome.ok);
    CHECK(outcome.retries == 1);
}

TEST_CASE("an error is an answer: it is told as it came, not tried again, and the connection stays") {
    TestServer server([](int line) { return Answer{line == 1 ? error_line("no\nluck") : ack(2)}; });
    const SendOptions options = server.options();
    ChatConnection connection(options);
    const Outcome refused = deliver(connection, 1, options);
    CHECK_FALSE(refused.ok);
    CHECK(refused.why == "no?luck");
    CHECK(refused.retries == 0);
    CHECK(deliver(connection, 2, options).ok);
    CHECK(server.connections() == 1);
}

TEST_CASE("it is tried again so often and no more") {
    for (const int retries : {0, 2}) {
        TestServer server([](int) { return Answer{"", Then::closes}; });
        SendOptions options = server.options();
        options.retries = retries;
        ChatConnection connection(options);
        const Outcome outcome = deliver(connection, 1, options);
        CHECK_FALSE(outcome.ok);
        CHECK(outcome.why == "the server closed the connection");
        CHECK(outcome.retries == retries);
        CHECK(server.lines().size() == static_cast<std::size_t>(retries) + 1);
    }
}

TEST_CASE("what a failure says") {
    const std::pair<Answer, std::string> cases[] = {
        {{"garbage\n"}, "malformed reply: not JSON"},
        {{ack(6)}, "malformed reply: it belongs to another message"},
        {{std::string(70'000, 'x')}, "malformed reply: it is too long"},
        {{"", Then::closes}, "the server closed the connection"},
        {{"", Then::resets}, "Connection reset by peer"},
    };
    for (const auto& [answer, why] : cases) {
        TestServer server([&, &answer = answer](int) { return answer; });
        SendOptions options = server.options();
        options.retries = 0;
        ChatConnection connection(options);
        const Outcome outcome = deliver(connection, 1, options);
        CAPTURE(outcome.why, why);
        CHECK(outcome.why.rfind(why, 0) == 0);
    }
}

TEST_CASE("a server that does not answer is waited for as long as the time-out says") {
    TestServer server([](int) { return Answer{}; });
    SendOptions options = server.options();
    options.timeout = std::chrono::milliseconds(20);
    options.retries = 0;
    ChatConnection connection(options);
    CHECK(deliver(connection, 1, options).why == "no reply in 20ms");
}

TEST_CASE("where nobody listens, that is the reason") {
    SendOptions options;
    {
        TestServer server([](int) { return Answer{}; });
        options = server.options();
    }
    options.retries = 1;
    ChatConnection connection(options);
    const Outcome outcome = deliver(connection, 1, options);
    CHECK(outcome.why == "Connection refused");
    CHECK(outcome.retries == 1);
}

TEST_CASE("a machine that has no socket left is no server's fault") {
    SendOptions options;
    ChatConnection connection(options);
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{0, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    std::string why;
    try {
        deliver(connection, 1, options);
    } catch (const std::system_error& error) {
        why = error.what();
    }
    setrlimit(RLIMIT_NOFILE, &before);
    CHECK(why == "no socket: Too many open files");
}
