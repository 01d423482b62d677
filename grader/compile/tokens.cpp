#include "grader/compile/tokens.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace {

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// Bytes above 127 belong to letters in UTF-8.
bool in_a_name(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte > 127;
}

class Reader {
  public:
    Reader(const std::string& text, const std::string& file) : text_(text), file_(file) {
        if (text_.starts_with("\xef\xbb\xbf")) text_.erase(0, 3);  // a byte order mark
        join_lines();
    }

    std::vector<Token> read() {
        while (at_ < text_.size()) step();
        return tokens_;
    }

  private:
    char now(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void go_on(std::size_t count = 1) {
        for (; count > 0 && at_ < text_.size(); --count) {
            ++at_;
            join_lines();
        }
    }

    // Takes away what the compiler takes away, as far ahead as anything here looks: a backslash at the end of
    // a line, spaces after it or not. A raw literal keeps it, so it cannot be done beforehand.
    void join_lines() {
        constexpr std::size_t farthest = 2;
        for (std::size_t ahead = 0; ahead <= farthest;) {
            const std::size_t after = at_ + ahead + 1;
            const std::size_t end =
                now(ahead) == '\\' ? text_.find_first_not_of(" \t\v\f\r", after) : std::string::npos;
            if (end == std::string::npos || text_[end] != '\n') ++ahead;
            else text_.erase(after - 1, end + 2 - after);
        }
    }

    void step() {
        const char c = now();
        if (c == '\n') {
            new_line_ = true;
            go_on();
        } else if (is_space(c)) {
            go_on();
        } else if (c == '/' && now(1) == '/') {
            while (at_ < text_.size() && now() != '\n') go_on();
        } else if (c == '/' && now(1) == '*') {
            go_on(2);
            while (at_ < text_.size() && !(now() == '*' && now(1) == '/')) go_on();
            go_on(2);
        } else if (c == '#' && new_line_ && !file_.empty() && now(1) == ' ' && is_digit(now(2))) {
            marker();
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (is_digit(c) || (c == '.' && is_digit(now(1)))) {
            number();
        } else if (in_a_name(c)) {
            name();
        } else {
            add(Token::other, std::string(1, c));
            go_on();
        }
    }

    // # LINE "FILE" FLAGS: 3 for a library's.
    void marker() {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        const std::string line = text_.substr(at_, end - at_);
        const std::size_t opens = line.find('"'), closes = line.rfind('"');
        at_ = end;
        if (opens == std::string::npos || opens == closes) return;
        of_a_library_ = line.find(" 3", closes) != std::string::npos;
        in_file_ = !of_a_library_ || line.substr(opens + 1, closes - opens - 1) == file_;
    }

    void name() {
        const std::size_t begin = at_;
        while (in_a_name(now())) go_on();
        const std::string text = text_.substr(begin, at_ - begin);
        const bool raw = text == "R" || text == "LR" || text == "uR" || text == "UR" || text == "u8R";
        const bool prefix = text == "L" || text == "u" || text == "U" || text == "u8";
        if (raw && now() == '"') raw_literal();
        else if (prefix && (now() == '"' || now() == '\'')) quoted(now());
        else add(Token::name, text);
    }

    // With its suffix, and with apostrophes between digits.
    void number() {
        const std::size_t begin = at_;
        do {
            const bool exponent = std::string_view("eEpP").find(now()) != std::string_view::npos;
            go_on();
            if (exponent && (now() == '+' || now() == '-')) go_on();
        } while (in_a_name(now()) || now() == '.' || (now() == '\'' && in_a_name(now(1))));
        add(Token::other, text_.substr(begin, at_ - begin));
    }

    // To the quote that closes it, or to the end of the line.
    void quoted(char quote) {
        go_on();
        const std::size_t begin = at_;
        while (at_ < text_.size() && now() != quote && now() != '\n') go_on(now() == '\\' ? 2 : 1);
        add(Token::literal, text_.substr(begin, at_ - begin));
        if (now() == quote) go_on();
    }

    void raw_literal() {
        const std::size_t opens = std::min(text_.find('(', at_), text_.size());
        const std::string closing = ")" + text_.substr(at_ + 1, opens - at_ - 1) + "\"";
        const std::size_t closes = std::min(text_.find(closing, opens), text_.size());
        const std::size_t begin = std::min(opens + 1, closes);
        add(Token::literal, text_.substr(begin, closes - begin));
        at_ = std::min(closes + closing.size(), text_.size());
        join_lines();
    }

    void add(Token::Kind kind, const std::string& text) {
        tokens_.push_back({kind, text, new_line_, in_file_, of_a_library_});
        new_line_ = false;
    }

    std::string text_;
    const std::string& file_;
    std::size_t at_ = 0;
    bool new_line_ = true, in_file_ = true, of_a_library_ = false;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(const std::string& text, const std::string& file) {
    return Reader(text, file).read();
}
