// Load for a chat's server: so many clients at once, each with a message on its way until all are acknowledged. Each
// acknowledgement has to be the next one, and each delivery the next of its sender, once. A client whose connection
// breaks connects again, for as long as it takes, and sends again what was not acknowledged.
//
//   chat_load ADDRESS CLIENTS MESSAGES JOINED [history]
//
// JOINED of the clients are told all messages. With "history" the server's history is asked for in the end: it has to
// hold each message once, in the order of its sender, under the number that was acknowledged.

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/chat_json.hpp"
#include "support/connect.hpp"
#include "support/descriptor_limit.hpp"
#include "support/line_splitter.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"
#include "support/write_all.hpp"

namespace {

std::string name_of(int client) {
    return "client " + std::to_string(client);
}
std::string content_of(int client, int message) {
    return "message " + std::to_string(message) + " of " + name_of(client) + ", as long as what people say";
}

// A reader of lines that are known but for their numbers: much faster than JSON, and as strict.
class Expected {
  public:
    explicit Expected(std::string_view line) : rest_(line) {}
    Expected& text(std::string_view words) {
        is_right_ = is_right_ && rest_.substr(0, words.size()) == words;
        if (is_right_) rest_.remove_prefix(words.size());
        return *this;
    }
    Expected& number(std::int64_t& value) {
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        is_right_ = is_right_ && error == std::errc();
        if (is_right_) rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return *this;
    }
    bool is_all() const { return is_right_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool is_right_ = true;
};

struct Client {
    int number = 0;
    bool joins = false;
    Descriptor socket{};
    LineSplitter lines{1 << 20};
    std::string out{};
    std::vector<std::int64_t> acknowledged{};  // the number of each of its messages, in order
    std::int64_t told = 0;                     // the last number that was delivered to it
    std::vector<int> told_of{};                // how many of each sender
};

class Load {
  public:
    Load(Address address, int clients, int messages, int joined)
        : address_(std::move(address)), each_(messages / clients), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        for (int c = 0; c < clients; ++c) {
            Client client;
            client.number = c;
            client.joins = c < joined;
            if (client.joins) client.told_of.resize(static_cast<std::size_t>(clients));
            clients_.push_back(std::move(client));
        }
        for (Client& client : clients_) connect(client);
    }

    // Nobody says anything before all who want to be told have joined.
    void run() {
        if (joined() == 0) say_first();
        const std::int64_t all = static_cast<std::int64_t>(each_) * static_cast<std::int64_t>(clients_.size());
        while (acknowledged_ < all || (reconnected_ == 0 && delivered_ < all * joined())) {
            epoll_event events[256];
            const int count = epoll_wait(epoll_.number(), events, 256, -1);
            for (int i = 0; i < count; ++i) {
                Client& client = clients_[events[i].data.u32];
                if (hear(client) && send(client)) continue;
                ++reconnected_;
                connect(client);
            }
        }
    }

    void check_history() {
        const nlohmann::json history = nlohmann::json::parse(history_line()).at("messages");
        if (history.size() != clients_.size() * static_cast<std::size_t>(each_))
            throw std::runtime_error("the history has " + std::to_string(history.size()) + " messages");
        std::vector<int> next(clients_.size());
        for (const nlohmann::json& message : history) {
            const std::string from = message.at("from");
            const auto c = static_cast<std::size_t>(std::stoi(from.substr(from.rfind(' '))));
            const int m = next.at(c)++;
            const bool is_right = message.at("content") == content_of(static_cast<int>(c), m + 1) &&
                                  message.at("seq") == clients_[c].acknowledged.at(static_cast<std::size_t>(m));
            if (!is_right) throw std::runtime_error("in the history: " + message.dump());
        }
    }

    std::int64_t acknowledged() const { return acknowledged_; }
    std::int64_t delivered() const { return delivered_; }
    int reconnected() const { return reconnected_; }

  private:
    std::int64_t joined() const {
        std::int64_t count = 0;
        for (const Client& client : clients_) count += client.joins;
        return count;
    }

    Descriptor connected() const {
        while (true) {
            try {
                return connect_to(address_);
            } catch (const std::runtime_error&) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));  // it is being started again
            }
        }
    }
    std::string history_line() const {
        std::vector<char> bytes(1 << 20);
        while (true) {
            const Descriptor server = connected();
            LineSplitter lines(1 << 30);
            write_all(server.number(), "{\"type\":\"history\",\"last\":1000000000}\n");
            for (ssize_t count; (count = recv(server.number(), bytes.data(), bytes.size(), 0)) > 0;) {
                lines.add({bytes.data(), static_cast<std::size_t>(count)});
                if (const auto line = lines.next()) return std::string(line->text);
            }
        }
    }

    void connect(Client& client) {
        client.socket = connected();
        fcntl(client.socket.number(), F_SETFL, O_NONBLOCK);
        client.lines = LineSplitter(1 << 20);
        client.out = client.joins ? join_line(name_of(client.number)) : "";
        if (has_begun_) say_next(client);
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.u32 = static_cast<std::uint32_t>(client.number);
        epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, client.socket.number(), &event);
    }
    void say_next(Client& client) {
        const int message = static_cast<int>(client.acknowledged.size()) + 1;
        if (message <= each_)
            client.out += message_line({name_of(client.number), content_of(client.number, message), message});
    }

    void say_first() {
        has_begun_ = true;
        for (Client& client : clients_) {
            say_next(client);
            send(client);
        }
    }

    static bool send(Client& client) {
        while (!client.out.empty()) {
            const ssize_t count = ::send(client.socket.number(), client.out.data(), client.out.size(), MSG_NOSIGNAL);
            if (count < 0) return errno == EAGAIN || errno == EINTR;
            client.out.erase(0, static_cast<std::size_t>(count));
        }
        return true;
    }

    bool hear(Client& client) {
        static char bytes[256 << 10];
        while (true) {
            const ssize_t count = recv(client.socket.number(), bytes, sizeof bytes, 0);
            if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return false;
            if (count < 0 && errno == EAGAIN) return true;
            if (count > 0) client.lines.add({bytes, static_cast<std::size_t>(count)});
            while (const auto line = client.lines.next()) take(client, line->text);
        }
    }

    void take(Client& client, std::string_view line) {
        std::int64_t id = 0, seq = 0, from = 0, message = 0, of = 0;
        if (Expected(line)
                .text(R"({"type":"ack","id":)")
                .number(id)
                .text(R"(,"seq":)")
                .number(seq)
                .text("}")
                .is_all() &&
            id == static_cast<std::int64_t>(client.acknowledged.size()) + 1) {
            client.acknowledged.push_back(seq);
            ++acknowledged_;
            return say_next(client);
        }
        if (client.joins && line.rfind(R"({"type":"joined",)", 0) == 0) {
            if (!has_begun_ && ++arrived_ == joined()) say_first();
            return;
        }
        const bool is_delivery = Expected(line)
                                     .text(R"({"type":"message","from":"client )")
                                     .number(from)
                                     .text(R"(","content":"message )")
                                     .number(message)
                                     .text(" of client ")
                                     .number(of)
                                     .text(R"(, as long as what people say","seq":)")
                                     .number(seq)
                                     .text("}")
                                     .is_all();
        const bool is_next = is_delivery && client.joins && from == of && seq > client.told &&
                             (reconnected_ > 0 || message == client.told_of.at(static_cast<std::size_t>(from)) + 1);
        if (!is_next)
            throw std::runtime_error("client " + std::to_string(client.number) + " was told: " + std::string(line));
        client.told = seq;
        client.told_of[static_cast<std::size_t>(from)] = static_cast<int>(message);
        ++delivered_;
    }

    const Address address_;
    const int each_;
    Descriptor epoll_;
    std::vector<Client> clients_;
    std::int64_t acknowledged_ = 0, delivered_ = 0, arrived_ = 0;
    bool has_begun_ = false;
    int reconnected_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        print_error("usage: chat_load ADDRESS CLIENTS MESSAGES JOINED [history]");
        return 2;
    }
    allow_many_descriptors();
    std::signal(SIGPIPE, SIG_IGN);  // the server may be killed at any time
    try {
        Load load(address_in(argv[1]).value(), std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
        const Stopwatch watch;
        load.run();
        const double seconds = watch.seconds();
        if (argc > 5) load.check_history();
        print_line("acknowledged ", load.acknowledged(), ", delivered ", load.delivered(), ", connected again ",
                   load.reconnected(), ", ", seconds, " s");
    } catch (const std::exception& why) {
        print_error("chat_load: ", why.what());
        return 1;
    }
}
