#include "chat_corpus.hpp"

#include <random>

using namespace std::string_literals;

std::vector<std::string> good_chat_lines() {
    return {R"({"type":"message","from":"Alice","content":"Hello, Bob","id":7})",
            R"({"type":"message","from":"Ⅷ","content":"caf\u00e9 \ud83d\ude00 \u0000 \n","id":"a-7"})",
            R"({"type":"message","content":"","from":"no id"})",
            R"( {"id" : -9223372036854775808, "type":"message","from":"Bob","content":"x","more":[{}]} )",
            R"({"type":"join","name":"Alice"})",
            R"({"type":"history","last":10})",
            R"({"type":"history","last":0})",
            R"({"type":"users"})",
            R"({"type":"stats"})"};
}

std::vector<std::string> bad_chat_lines() {
    const auto message = [](const std::string& from, const std::string& content, const std::string& more = "") {
        return R"({"type":"message","from":)" + from + R"(,"content":)" + content + more + "}";
    };
    return {"hello",
            "{",
            "}",
            "[]",
            "null",
            "7",
            "\"message\"",
            "{}",
            "[{\"type\":\"users\"}]",
            R"({"type":"users"}{"type":"users"})",
            R"({"type":"users"},)",
            R"({'type':'users'})",
            R"({"type":"users",})",
            R"({"type":"users"} // all)",
            R"({"type":null})",
            R"({"type":7})",
            R"({"type":["users"]})",
            R"({"type":""})",
            R"({"type":"Users"})",
            R"({"type":"users\u0000"})",
            R"({"type":"ack","id":1,"seq":1})",
            R"({"Type":"users"})",
            R"({"type":"message"})",
            R"({"type":"message","from":"Alice"})",
            R"({"type":"message","content":"x"})",
            message("7", R"("x")"),
            message("null", R"("x")"),
            message(R"("")", R"("x")"),
            message(R"("   ")", R"("x")"),
            message(R"("a\nb")", R"("x")"),
            message(R"("a\u001b[2J")", R"("x")"),
            message(R"("a\u0085b")", R"("x")"),
            message(R"("a\u0000")", R"("x")"),
            message('"' + std::string(65, 'n') + '"', R"("x")"),
            message(R"("Alice")", "7"),
            message(R"("Alice")", "null"),
            message(R"("Alice")", R"(["x"])"),
            message(R"("Alice")", R"("x")", R"(,"id":null)"),
            message(R"("Alice")", R"("x")", R"(,"id":1.5)"),
            message(R"("Alice")", R"("x")", R"(,"id":9223372036854775808)"),
            message(R"("Alice")", R"("x")", R"(,"id":1e400)"),
            message(R"("Alice")", R"("x")", R"(,"id":true)"),
            message(R"("Alice")", R"("x")", R"(,"id":[1])"),
            message(R"("Alice")", R"("x")", R"(,"id":")" + std::string(257, 'i') + '"'),
            message(R"("Alice")", "\"tab\there\""),
            message(R"("Alice")", R"("\ud800")"),
            message(R"("Alice")", R"("\udc00\ud800")"),
            message(R"("Alice")", R"("\u12")"),
            message(R"("Alice")", R"("\x41")"),
            message(R"("Alice")", "\"\x80\""),
            message(R"("Alice")", "\"\xc3\""),
            message(R"("Alice")", "\"\xc0\xaf\""),          // overlong
            message(R"("Alice")", "\"\xe0\x80\xaf\""),      // overlong
            message(R"("Alice")", "\"\xf0\x80\x80\xaf\""),  // overlong
            message(R"("Alice")", "\"\xed\xa0\x80\""),      // a surrogate
            message(R"("Alice")", "\"\xf4\x90\x80\x80\""),  // beyond the last character
            message(R"("Alice")", "\"\xff\xfe\""),
            message(R"("Alice)"s + '\0' + '"', R"("x")"),
            R"({"type":"users"})"s + '\0',
            R"({"type":"users"})"s + '\0' + "hello",
            "\0"s,
            R"({"type":"join"})",
            R"({"type":"join","name":7})",
            R"({"type":"join","name":""})",
            R"({"type":"history"})",
            R"({"type":"history","last":-1})",
            R"({"type":"history","last":1.0})",
            R"({"type":"history","last":"10"})",
            R"({"type":"history","last":99999999999999999999})",
            "\xff\xfe{\0}\0"s,  // UTF-16
            std::string(30'000, '['),
            std::string(9'000, '[') + std::string(9'000, ']'),
            "{\"type\":" + std::string(5'000, '{'),
            "GET / HTTP/1.1",
            "\x16\x03\x01\x02",
            "   ",
            "\x1b[2J",
            "\r\r"};
}

std::vector<std::string> damaged_chat_lines() {
    std::vector<std::string> lines;
    std::mt19937 random(7);  // seeded: the same each time
    const auto below = [&](std::size_t n) { return random() % n; };
    for (const std::string& line : good_chat_lines()) {
        for (std::size_t length = 1; length < line.size(); ++length) lines.push_back(line.substr(0, length));
        for (int i = 0; i < 40; ++i) {
            std::string damaged = line;
            const std::size_t at = below(line.size());
            switch (below(4)) {
                case 0: damaged[at] = static_cast<char>(random()); break;
                case 1: damaged[at] = static_cast<char>(damaged[at] ^ (1 << below(8))); break;
                case 2: damaged.erase(at, 1 + below(4)); break;
                default: damaged.insert(at, damaged.substr(at, 1 + below(4)));
            }
            lines.push_back(damaged);
        }
    }
    for (std::string& line : lines)
        for (char& c : line)
            if (c == '\n') c = '\x01';  // one line each
    return lines;
}
