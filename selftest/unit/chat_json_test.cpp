// The chat's protocol: lines out of bytes, requests out of lines, and lines that say what was meant.
#include "support/chat_json.hpp"

#include "bench/catch.hpp"
#include "chat_corpus.hpp"
#include "support/connect.hpp"
#include "support/line_splitter.hpp"
#include "support/one_line.hpp"
#include "support/utf8.hpp"

namespace {

using namespace std::string_literals;

// What comes out when the bytes come in pieces of that size.
std::vector<std::string> lines_of(const std::string& bytes, std::size_t piece, std::size_t longest) {
    LineSplitter splitter(longest);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        splitter.add(std::string_view(bytes).substr(at, piece));
        while (const auto line = splitter.next())
            lines.push_back(line->is_too_long ? "too long" : std::string(line->text));
    }
    if (splitter.has_rest()) lines.push_back("rest");
    return lines;
}

std::string refusal(const std::string& line) {
    try {
        chat_request_in(line);
    } catch (const BadLine& why) {
        return why.what();
    }
    return "";
}

template <class Reply>
Reply reply(std::string line) {
    REQUIRE(line.back() == '\n');
    line.pop_back();
    CHECK(line.find('\n') == std::string::npos);
    CHECK(is_utf8(line));
    return std::get<Reply>(chat_reply_in(line));
}

}  // namespace

TEST_CASE("lines come out whole, in whatever pieces their bytes come") {
    const std::string bytes = "one\r\n\n\r\n1234\n12345\n12345678\r\n1234\r\n\rx\r\r\nlast";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
        CHECK(lines_of(bytes, piece, 4) ==
              std::vector<std::string>{"one", "1234", "too long", "too long", "1234", "\rx\r", "rest"});
    CHECK(lines_of("12345", 1, 4) == std::vector<std::string>{"too long"});
    CHECK(lines_of("1234\r", 1, 4) == std::vector<std::string>{"rest"});
    CHECK(lines_of("1234\r5\n6\n", 1, 4) == std::vector<std::string>{"too long", "6"});
    const std::string longest(64 << 10, 'x');
    CHECK(lines_of(longest + "\r\n" + longest + "x\n", 1000, 64 << 10) ==
          std::vector<std::string>{longest, "too long"});
}

TEST_CASE("UTF-8 is what RFC 3629 says it is") {
    for (const std::string& text : {""s, "\0"s, "\x7f"s, "\xc2\x80"s, "\xe0\xa0\x80"s, "\xed\x9f\xbf"s, "\xee\x80\x80"s,
                                    "\xef\xbf\xbf"s, "\xf0\x90\x80\x80"s, "\xf4\x8f\xbf\xbf"s, "\xef\xbb\xbf"s})
        CHECK(is_utf8("a" + text + "a"));
    for (const std::string& text : {"\x80"s, "\xbf"s, "\xc0\x80"s, "\xc1\xbf"s, "\xc2"s, "\xc2\xc2"s, "\xe0\x9f\xbf"s,
                                    "\xe2\x82"s, "\xed\xa0\x80"s, "\xed\xbf\xbf"s, "\xf0\x8f\xbf\xbf"s, "\xf0\x90\x80"s,
                                    "\xf4\x90\x80\x80"s, "\xf5\x80\x80\x80"s, "\xff"s}) {
        CHECK_FALSE(is_utf8(text));
        CHECK_FALSE(is_utf8("a" + text + "a"));
    }
}

TEST_CASE("a request is understood, and says no more than it says") {
    const std::vector<std::string> lines = good_chat_lines();
    const auto first = std::get<ChatMessage>(chat_request_in(lines[0]));
    CHECK(first.from == "Alice");
    CHECK(first.content == "Hello, Bob");
    CHECK(first.id == MessageId(7));
    const auto second = std::get<ChatMessage>(chat_request_in(lines[1]));
    CHECK(second.content == "café 😀 "s + '\0' + " \n");
    CHECK(second.id == MessageId("a-7"));
    CHECK_FALSE(std::get<ChatMessage>(chat_request_in(lines[2])).id);
    CHECK(std::get<ChatMessage>(chat_request_in(lines[3])).id == MessageId(INT64_MIN));
    CHECK(std::get<JoinRequest>(chat_request_in(lines[4])).name == "Alice");
    CHECK(std::get<HistoryRequest>(chat_request_in(lines[5])).last == 10);
    CHECK(std::get<HistoryRequest>(chat_request_in(lines[6])).last == 0);
    CHECK(std::holds_alternative<UsersRequest>(chat_request_in(lines[7])));
    CHECK(std::holds_alternative<StatsRequest>(chat_request_in(lines[8])));
    CHECK(refusal("\xef\xbb\xbf"
                  R"({"type":"users"})")
              .empty());  // a byte order mark, as Windows writes it
}

TEST_CASE("what is no request is told why") {
    for (const std::string& line : bad_chat_lines()) {
        CAPTURE(line.substr(0, 80));
        CHECK_FALSE(refusal(line).empty());
    }
    CHECK(refusal("{\"type\":\"users\"") == "not JSON: wrong at byte 16");
    CHECK(refusal("[]") == "not a JSON object, but a JSON array");
    CHECK(refusal("\xff") == "not UTF-8");
    CHECK(refusal("{\"type\":\"users\"}"s + '\0' + "x") == "not JSON: there is a zero byte in it");
    CHECK(refusal("{}") == "type is missing");
    CHECK(refusal(R"({"type":"\u001b[2J"})") ==
          "unknown type '?[2J': message, join, history, users and stats are known");
    CHECK(refusal(R"({"type":"message","from":"Alice"})") == "content is missing");
    CHECK(refusal(R"({"type":"message","from":"","content":""})") ==
          "from is no name: 1 to 64 bytes, something to read, no control characters");
    CHECK(refusal(R"({"type":"message","from":"A","content":"","id":1.5})") ==
          "id is neither a whole number nor a text");
    CHECK(refusal(R"({"type":"history","last":-1})") == "last is not a whole number from 0 on");
}

TEST_CASE("a damaged line is understood or refused in a line, and a reply to it can be read") {
    const std::vector<std::string> lines = damaged_chat_lines();
    CHECK(lines.size() > 700);
    int refused = 0;
    for (const std::string& line : lines) {
        const std::string why = refusal(line);
        if (why.empty()) continue;
        ++refused;
        CHECK(reply<Refused>(error_line(why)).why == why);
        CHECK_THROWS_AS(chat_reply_in(line), BadLine);
    }
    CHECK(refused > 600);
}

TEST_CASE("what is written is read as it was meant") {
    const ChatMessage message{"Bo\"b", "a\nb\t\\ \x7f é"s + '\0', MessageId("7")};
    std::string line = message_line(message);
    CHECK(line.find('\n') == line.size() - 1);
    line.pop_back();
    const auto read = std::get<ChatMessage>(chat_request_in(line));
    CHECK(read.from == message.from);
    CHECK(read.content == message.content);
    CHECK(read.id == message.id);
    CHECK(message_line({"A", "x"}) == "{\"type\":\"message\",\"from\":\"A\",\"content\":\"x\"}\n");
    CHECK(join_line("A") == "{\"type\":\"join\",\"name\":\"A\"}\n");

    CHECK(ack_line({7, 9}) == "{\"type\":\"ack\",\"id\":7,\"seq\":9}\n");
    CHECK(reply<Acknowledged>(ack_line({"7", 9})).id == MessageId("7"));
    CHECK(reply<Joined>(joined_line({"A", 3})).seq == 3);
    CHECK(delivery_line({"A", "x", 3}) == "{\"type\":\"message\",\"from\":\"A\",\"content\":\"x\",\"seq\":3}\n");
    CHECK(reply<Delivered>(delivery_line({"A", "two\nlines", 3})).content == "two\nlines");
    CHECK(reply<Refused>(error_line("\xff\x1b[2J")).why == "\xef\xbf\xbd?[2J");  // not UTF-8: U+FFFD
    CHECK(users_line({"A", "\xff"}) == "{\"type\":\"users\",\"users\":[\"A\",\"\xef\xbf\xbd\"]}\n");
    CHECK(stats_line({}).rfind("{\"type\":\"stats\",\"clients\":0,", 0) == 0);
    for (const char* bad :
         {"", "{}", R"({"type":"ack","seq":1})", R"({"type":"ack","id":1})", R"({"type":"ack","id":1,"seq":-1})",
          R"({"type":"ack","id":1,"seq":"1"})", R"({"type":"error"})", R"({"type":"users","users":[]})"})
        CHECK_THROWS_AS(chat_reply_in(bad), BadLine);
}

TEST_CASE("foreign text on one line has nothing for a terminal to obey") {
    CHECK(one_line("a\x1b[2J\n\x7f") == "a?[2J??");
    CHECK(one_line("a\xc2\x9b"
                   "2J\xc2\xa0é\xc2") == "a?2J\xc2\xa0é\xc2");
}

TEST_CASE("an address is a host and a port") {
    CHECK(address_in("127.0.0.1:8070")->port == "8070");
    CHECK(address_in("[::1]:1")->host == "::1");
    for (const char* bad : {"", "localhost", ":8070", "localhost:", "localhost:0", "localhost:65536", "localhost:80x",
                            "::1:80", "localhost:-1", "http://localhost:80"})
        CHECK_FALSE(address_in(bad));
}
