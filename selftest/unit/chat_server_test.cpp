// The chat's server and client, as processes: order, once and only once, and what survives what.
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/catch.hpp"
#include "chat_corpus.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/container.hpp"
#include "ground/file.hpp"
#include "support/chat_json.hpp"
#include "support/connect.hpp"
#include "support/descriptor_limit.hpp"
#include "support/line_splitter.hpp"
#include "support/write_all.hpp"

namespace {

using nlohmann::json;

const std::string programs = std::string(kit_build) + "/labs/support/";

class ChatServer {
  public:
    explicit ChatServer(std::vector<std::string> arguments = {}) {
        arguments.insert(arguments.begin(), {programs + "chat_server", "--port", "0"});
        child_.emplace(arguments, plain_environment(), Child::Out::pipe);
        while (child_->out().find('\n') == std::string::npos && !child_->ended())
            if (!child_->read_output()) usleep(1000);
        const std::string greeting = "listening on ", line = child_->out().substr(0, child_->out().find('\n'));
        if (line.rfind(greeting, 0) == 0) address = line.substr(greeting.size());
    }
    Ending end(int signal) {
        kill(child_->process(), signal);
        return child_->wait().value();
    }
    Child& child() { return *child_; }
    std::string address;

  private:
    std::optional<Child> child_;
};

// A client that blocks until it is told something.
class Guest {
  public:
    explicit Guest(const ChatServer& server) : socket_(connect_to(address_in(server.address).value())) {}

    bool send(const std::string& bytes) { return write_all(socket_.number(), bytes); }
    bool say(const std::string& from, const std::string& content, std::optional<MessageId> id = {}) {
        return send(message_line({from, content, std::move(id)}));
    }
    void send_no_more() { shutdown(socket_.number(), SHUT_WR); }

    // "" at the end.
    std::string line() {
        while (true) {
            if (const auto line = lines_.next()) return std::string(line->text);
            char bytes[64 << 10];
            const ssize_t count = recv(socket_.number(), bytes, sizeof bytes, 0);
            if (count <= 0) return "";
            lines_.add({bytes, static_cast<std::size_t>(count)});
        }
    }
    // The next line that was asked for.
    std::string answer() {
        std::string text = line();
        while (text.rfind(R"({"type":"message")", 0) == 0) text = line();
        return text;
    }
    template <class Reply>
    Reply reply() {
        const std::string text = line();
        CAPTURE(text.substr(0, 200));
        const ChatReply told = chat_reply_in(text);
        REQUIRE(std::holds_alternative<Reply>(told));
        return std::get<Reply>(told);
    }
    void join(const std::string& name) {
        send(join_line(name));
        reply<Joined>();
    }
    std::int64_t acknowledged(const std::string& from, const std::string& content, std::optional<MessageId> id = {}) {
        say(from, content, std::move(id));
        return reply<Acknowledged>().seq;
    }
    json ask(const std::string& request) {
        send(request + "\n");
        return json::parse(line());
    }
    json history(int last) { return ask(R"({"type":"history","last":)" + std::to_string(last) + "}").at("messages"); }
    std::int64_t stats(const char* what) { return ask(R"({"type":"stats"})").at(what).get<std::int64_t>(); }

  private:
    Descriptor socket_;
    LineSplitter lines_{100 << 20};
};

const std::string users = R"({"type":"users"})";

}  // namespace

TEST_CASE("a message is acknowledged, and delivered once to each who joined, its sender among them") {
    const ChatServer server;
    Guest alice(server), bob(server), stranger(server);
    alice.join("Alice");
    bob.join("Bob");
    bob.join("Robert");
    CHECK(alice.ask(users).at("users") == json({"Alice", "Robert"}));
    alice.say("Alice", "one\ntwo", 7);
    const auto ack = alice.reply<Acknowledged>();
    CHECK(ack.id == MessageId(7));
    CHECK(ack.seq == 1);
    for (Guest* client : {&alice, &bob}) {
        const auto message = client->reply<Delivered>();
        CHECK(message.from == "Alice");
        CHECK(message.content == "one\ntwo");
        CHECK(message.seq == 1);
    }
    stranger.say("Somebody", "three");
    CHECK(stranger.reply<Acknowledged>().id == MessageId(2));
    CHECK(alice.reply<Delivered>().seq == 2);
    CHECK(bob.reply<Delivered>().seq == 2);
    Guest late(server);
    late.send(R"({"type":"message","from":"L","content":"x"})"
              "\n" +
              join_line("L") + "\r\n\n" + message_line({"L", "y"}));
    CHECK(late.reply<Acknowledged>().seq == 3);
    CHECK(late.reply<Joined>().seq == 3);
    CHECK(late.reply<Acknowledged>().seq == 4);
    CHECK(late.reply<Delivered>().seq == 4);
    CHECK(stranger.history(2) ==
          json::parse(R"([{"from":"L","content":"x","seq":3},{"from":"L","content":"y","seq":4}])"));
    CHECK(stranger.history(0) == json::array());
    CHECK(stranger.history(100).size() == 4);
    CHECK(stranger.stats("messages") == 4);
    CHECK(stranger.stats("clients") == 4);
}

TEST_CASE("what a client sends is answered and delivered in its order, whatever others send") {
    const ChatServer server;
    constexpr int senders = 20, each = 100;
    Guest watcher(server);
    watcher.join("watcher");
    std::vector<Guest> clients;
    std::string lines[senders];
    for (int s = 0; s < senders; ++s) clients.emplace_back(server);
    for (int m = 1; m <= each; ++m)
        for (int s = 0; s < senders; ++s) {
            lines[s] += message_line({"sender " + std::to_string(s), std::to_string(m), m});
            if (m % 10 == 0) lines[s] += "nonsense\n";
        }
    for (std::size_t piece = 0; piece * 700 < lines[0].size() + 700; ++piece)  // cut where it happens to be
        for (int s = 0; s < senders; ++s)
            if (piece * 700 < lines[s].size()) clients[s].send(lines[s].substr(piece * 700, 700));
    std::map<std::int64_t, std::string> kept;
    for (int s = 0; s < senders; ++s)
        for (int m = 1; m <= each; ++m) {
            const auto ack = clients[s].reply<Acknowledged>();
            CHECK(ack.id == MessageId(m));
            CHECK(kept.emplace(ack.seq, "sender " + std::to_string(s) + ": " + std::to_string(m)).second);
            if (m % 10 == 0) clients[s].reply<Refused>();
        }
    for (std::int64_t seq = 1; seq <= senders * each; ++seq) {
        const auto message = watcher.reply<Delivered>();
        CHECK(message.seq == seq);
        CHECK(message.from + ": " + message.content == kept[seq]);
    }
    CHECK(watcher.stats("messages") == senders * each);
    CHECK(watcher.stats("errors") == senders * each / 10);
}

TEST_CASE("a message that is sent again is delivered once, and acknowledged as before") {
    const ChatServer server;
    Guest watcher(server), sender(server);
    watcher.join("watcher");
    CHECK(sender.acknowledged("A", "x", 7) == 1);
    CHECK(Guest(server).acknowledged("A", "x", 7) == 1);
    CHECK(sender.acknowledged("A", "x", MessageId("7")) == 2);
    CHECK(sender.acknowledged("B", "x", 7) == 3);
    CHECK(sender.acknowledged("A", "y", 7) == 4);
    CHECK(sender.acknowledged("A", "x") == 5);
    CHECK(sender.acknowledged("A", "x") == 6);
    const std::string twice = message_line({"C", "z", 1});
    sender.send(twice + twice);  // at once
    CHECK(sender.reply<Acknowledged>().seq == 7);
    CHECK(sender.reply<Acknowledged>().seq == 7);
    CHECK(sender.acknowledged("A", "the end") == 8);
    for (std::int64_t seq = 1; seq <= 8; ++seq) CHECK(watcher.reply<Delivered>().seq == seq);
    CHECK(watcher.stats("messages") == 8);
}

TEST_CASE("a line that is no request is told why, and nobody is disturbed") {
    const ChatServer server;
    Guest watcher(server), client(server);
    watcher.join("watcher");
    for (const std::string& line : bad_chat_lines()) {
        client.send(line + "\n");
        client.reply<Refused>();
    }
    for (const std::string& line : damaged_chat_lines()) {
        if (line == "\r") continue;
        CAPTURE(line);
        client.send(line + "\n");
        CHECK(json::parse(client.answer()).contains("type"));
    }
    client.send(std::string(64 << 10, 'x') + "\r\n" + std::string((64 << 10) + 1, 'x'));
    CHECK(client.answer() + "\n" == error_line("not JSON: wrong at byte 1"));
    CHECK(client.reply<Refused>().why == "a line of more than 65536 bytes");  // before its end has come
    client.send("yyy\n" + users + "\n");
    CHECK(json::parse(client.line()).at("type") == "users");
    client.send(users + "\n" + R"({"type":"us)");
    client.send_no_more();
    CHECK(json::parse(client.line()).at("type") == "users");
    CHECK(client.reply<Refused>().why == "the last line has no end");
    CHECK(client.line() == "");

    const std::int64_t last = Guest(server).acknowledged("B", "the end");
    for (std::int64_t seq = 1; seq <= last; ++seq) CHECK(watcher.reply<Delivered>().seq == seq);
}

TEST_CASE("a client that does not read is cut off, and those that do are not") {
    const ChatServer server;
    Guest reader(server), sender(server), sleeper(server);
    reader.join("reader");
    sleeper.join("sleeper");
    const std::string content(60'000, 'x');
    int sent = 0;
    while (reader.stats("clients") == 3) {
        REQUIRE(++sent < 2'000);
        CHECK(sender.acknowledged("sender", content) == sent);
        CHECK(reader.reply<Delivered>().seq == sent);
    }
    int got = 0;
    while (sleeper.line() != "") ++got;
    CHECK(got < sent);
    CHECK(reader.ask(users).at("users") == json({"reader"}));

    Guest greedy(server);  // more than its connection holds, and it does not read; what is said meanwhile waits
    greedy.join("greedy");
    greedy.send(R"({"type":"history","last":1000000})"
                "\n");
    while (reader.stats("clients") == 3) {
        REQUIRE(++sent < 4'000);
        CHECK(sender.acknowledged("sender", content) == sent);
        CHECK(reader.reply<Delivered>().seq == sent);
    }
}

TEST_CASE("a history comes whole, also a long one, and what is said meanwhile comes after it") {
    const ChatServer server;
    Guest client(server), sender(server);
    client.join("client");
    constexpr int lots = 101, lot = 100, count = lots * lot;
    for (int m = 0; m < count; m += lot) {
        std::string lines;
        for (int i = 1; i <= lot; ++i) lines += message_line({"A", std::string(300, 'x') + std::to_string(m + i)});
        sender.send(lines);
        for (int i = 1; i <= lot; ++i) {
            CHECK(sender.reply<Acknowledged>().seq == m + i);
            CHECK(client.reply<Delivered>().seq == m + i);
        }
    }
    client.send(R"({"type":"history","last":1000000})"
                "\n");
    CHECK(sender.acknowledged("A", "later") == count + 1);
    const json history = json::parse(client.line()).at("messages");
    REQUIRE(history.size() >= 9'999);  // the oldest may have gone while it was sent
    CHECK(history.size() <= 10'000);
    CHECK(history.back().at("seq") >= count);
    for (std::size_t i = 1; i < history.size(); ++i)
        CHECK(history[i].at("seq") == history[i - 1].at("seq").get<int>() + 1);
    CHECK(client.reply<Delivered>().content == "later");
}

TEST_CASE("what was acknowledged is there after kill -9, in order, and is delivered once when it is sent again") {
    const Folder folder;
    const std::string file = (folder.path() / "chat.db").string();
    std::vector<std::string> acknowledged;
    int next = 1;
    for (int round = 0; round < 4; ++round) {
        ChatServer server({"--history", file});
        Guest client(server);
        const int first = next;
        std::string lines;
        for (int m = first; m < first + 300; ++m) lines += message_line({"A", "message " + std::to_string(m), m});
        client.send(lines);
        for (int m = 0; m < 40 * round + 1; ++m, ++next) CHECK(client.reply<Acknowledged>().id == MessageId(next));
        CHECK(server.end(SIGKILL) == Ending{true, SIGKILL});  // with others on their way
        for (std::string line; (line = client.line()) != ""; ++next)
            CHECK(std::get<Acknowledged>(chat_reply_in(line)).id == MessageId(next));
    }
    ChatServer server({"--history", file});
    Guest client(server);
    const int last = next + 300;
    for (int m = 1; m <= last; ++m) CHECK(client.acknowledged("A", "message " + std::to_string(m), m) == m);
    const json history = client.history(last + 1'000);
    REQUIRE(history.size() == static_cast<std::size_t>(last));
    for (int m = 1; m <= last; ++m) {
        CHECK(history[m - 1].at("seq") == m);
        CHECK(history[m - 1].at("content") == "message " + std::to_string(m));
    }
    CHECK(client.acknowledged("A", "no id\n\xc3\xa9") == last + 1);
    CHECK(client.acknowledged("A", "a text", "id") == last + 2);
    CHECK(server.end(SIGTERM) == Ending{false, 0});

    const ChatServer again({"--history", file});
    Guest later(again);
    CHECK(later.acknowledged("A", "a text", "id") == last + 2);
    CHECK(later.acknowledged("A", "message 1", 1) == 1);
    CHECK(later.history(2)[0].at("content") == "no id\n\xc3\xa9");
    CHECK(later.acknowledged("A", "new") == last + 3);
}

TEST_CASE("a history file that is something else is refused, and left as it is") {
    const Folder folder;
    folder.write("text", "This is no database, and long enough to be looked at as if it were one.\n");
    const std::string chat = (folder.path() / "chat.db").string();
    const auto complaint = [](const std::string& file) {
        ChatServer server({"--history", file});
        CHECK(server.child().wait() == Ending{false, 2});
        CHECK(server.child().out() == "");
        const std::string errors = server.child().errors(), name = "chat_server: --history: '" + file + "': ";
        CHECK(errors.rfind(name, 0) == 0);
        return errors.substr(name.size());
    };
    CHECK(complaint((folder.path() / "text").string()) == "file is not a database\n");
    CHECK(complaint(folder.path().string()) == "unable to open database file\n");
    CHECK(complaint("/nowhere/chat.db") == "unable to open database file\n");
    CHECK(read_file(folder.path() / "text").rfind("This is", 0) == 0);
    ChatServer first({"--history", chat});
    CHECK(complaint(chat) == "database is locked\n");
    CHECK(first.end(SIGTERM) == Ending{false, 0});
    std::string bytes = read_file(chat);
    bytes[68] = 'X';  // whose database it is
    write_file(chat, bytes);
    CHECK(complaint(chat) == "is a database of something else\n");
    bytes[68] = 'c';
    bytes[63] = 9;  // its version
    write_file(chat, bytes);
    CHECK(complaint(chat) == "is a history of another version of this program\n");
}

TEST_CASE("on a full disk nothing is acknowledged, and the server lives on") {
    const Folder folder;
    ChatServer server({"--history", (folder.path() / "chat.db").string()});
    Guest watcher(server), client(server);
    watcher.join("watcher");
    CHECK(client.acknowledged("A", "before", 1) == 1);
    rlimit limit{};
    prlimit(server.child().process(), RLIMIT_FSIZE, nullptr, &limit);
    const rlimit full{1, limit.rlim_max};  // no file may grow
    prlimit(server.child().process(), RLIMIT_FSIZE, &full, nullptr);
    const std::string again = message_line({"A", "meanwhile", 2});
    client.send(again + again + users + "\n");
    CHECK(client.reply<Refused>().why.rfind("the message was not kept: ", 0) == 0);
    CHECK(client.reply<Refused>().why.rfind("the message was not kept: ", 0) == 0);
    CHECK(json::parse(client.line()).at("type") == "users");
    CHECK(client.acknowledged("A", "before", 1) == 1);
    CHECK(client.history(10).size() == 1);
    prlimit(server.child().process(), RLIMIT_FSIZE, &limit, nullptr);
    CHECK(client.acknowledged("A", "meanwhile", 2) == 2);
    CHECK(watcher.reply<Delivered>().content == "before");
    CHECK(watcher.reply<Delivered>().content == "meanwhile");
    CHECK(server.end(SIGTERM) == Ending{false, 0});
}

TEST_CASE("one message of so many is kept and delivered, and its sender is hung up on") {
    const ChatServer server({"--drop-every", "3"});
    Guest watcher(server);
    watcher.join("watcher");
    int hung_up = 0;
    std::optional<Guest> client;
    for (int m = 1; m <= 30; ++m)
        while (true) {
            if (!client) client.emplace(server);
            client->say("A", std::to_string(m), m);
            const std::string answer = client->line();
            if (answer + "\n" == ack_line({m, m})) break;
            CHECK(answer == "");
            ++hung_up;
            client.reset();
        }
    CHECK(hung_up == 14);  // 30 acknowledged of 44 that were sent
    for (int m = 1; m <= 30; ++m) CHECK(watcher.reply<Delivered>().content == std::to_string(m));
    CHECK(watcher.stats("messages") == 30);
}

TEST_CASE("a delay is waited for by every request, in the order in which they came") {
    const ChatServer server({"--delay", "1ms"});
    Guest first(server), second(server);
    first.send(message_line({"A", "1"}) + message_line({"A", "2"}) + users + "\nnonsense\n");
    second.say("B", "3");
    CHECK(first.reply<Acknowledged>().seq > 0);
    CHECK(first.reply<Acknowledged>().seq > 0);
    CHECK(json::parse(first.line()).at("type") == "users");
    first.reply<Refused>();
    CHECK(second.reply<Acknowledged>().seq > 0);
    first.send(users + "\n");
    first.send_no_more();
    CHECK(json::parse(first.line()).at("type") == "users");  // asked before the end, answered after it
    CHECK(first.line() == "");
    const json stats = second.ask(R"({"type":"stats"})");
    CHECK(stats.at("median_s") > 0);
    CHECK(stats.at("p99_s") >= stats.at("median_s"));
    CHECK(stats.at("bytes") > 0);
    CHECK(stats.at("bytes_sent") > 0);
    CHECK(stats.at("messages_per_s") > 0);
    CHECK(stats.at("resident_bytes") > 0);
}

TEST_CASE("a thousand clients are told everything, and the end comes all the same") {
    allow_many_descriptors();
    ChatServer server;
    std::vector<Guest> clients;
    for (int i = 0; i < 1'000; ++i) clients.emplace_back(server);
    for (int i = 0; i < 1'000; ++i) clients[i].send(join_line("client " + std::to_string(i)));
    for (Guest& client : clients) client.reply<Joined>();
    CHECK(clients[0].ask(users).at("users").size() == 1'000);
    for (int i = 0; i < 1'000; i += 100) clients[i].say("client", std::to_string(i));
    for (int i = 0; i < 1'000; ++i)
        for (std::int64_t told = 0; told < 10;) {
            const ChatReply reply = chat_reply_in(clients[i].line());
            if (const auto* message = std::get_if<Delivered>(&reply)) CHECK(message->seq == ++told);
        }
    CHECK(server.end(SIGTERM) == Ending{false, 0});
    for (Guest& client : clients) CHECK(client.line() == "");
}

TEST_CASE("a client for whom no descriptor is left is let in when others leave") {
    ChatServer server;
    const rlimit few{30, 30};
    prlimit(server.child().process(), RLIMIT_NOFILE, &few, nullptr);
    std::vector<Guest> guests;
    for (int i = 0; i < 60; ++i) guests.emplace_back(server);
    Guest last(std::move(guests.back()));
    last.send(users + "\n");
    guests.clear();
    CHECK(json::parse(last.line()).at("type") == "users");
    CHECK(server.end(SIGTERM) == Ending{false, 0});
}

TEST_CASE("a chat is typed and printed, with nothing in it for a terminal to obey") {
    ChatServer server;
    Guest bob(server);
    bob.join("Bob");
    const auto run = [&](const std::string& input, const std::string& name) {
        const std::string command = "printf '" + input + "' | '" + programs + "chat_client' --host " + server.address +
                                    " --name '" + name + "' 2>/dev/null";
        Child child({"sh", "-c", command}, plain_environment(), Child::Out::pipe);
        const Ending ending = child.wait().value();
        return std::to_string(ending.number) + " " + child.out();
    };
    CHECK(run("Hello\\r\\n\\nlast", "Alice") == "0 Alice: Hello\nAlice: last\n");
    CHECK(bob.reply<Delivered>().content == "Hello");
    CHECK(bob.reply<Delivered>().content == "last");
    CHECK(run("\\033[2J\\302\\233\\303", "Eve") == "0 Eve: ?[2J?\xef\xbf\xbd\n");
    CHECK(run("", "Eve") == "0 ");
    CHECK(run("hello", " ") == "2 ");
    CHECK(server.end(SIGKILL) == Ending{true, SIGKILL});
    CHECK(run("hello", "Alice") == "1 ");
}
