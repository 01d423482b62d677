#include "answer.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <vector>

namespace {

std::string without_comments(std::string text) {
    for (std::size_t from; (from = text.find("<!--")) != std::string::npos;) {
        const std::size_t to = text.find("-->", from);
        text.erase(from, to == std::string::npos ? to : to + 3 - from);
    }
    return text;
}

bool is_row(const std::string& line) {
    return line.find_first_not_of(' ') != std::string::npos && line[line.find_first_not_of(' ')] == '|';
}

// The line under a table's heads: | --- | ---: |
bool is_rule(const std::string& line) {
    return is_row(line) && line.find("---") != std::string::npos && line.find_first_not_of(" |:-\r") == std::string::npos;
}

// A row of which no more than the first cell has anything in it.
bool is_blank(const std::string& row) {
    const std::size_t second = row.find('|', row.find('|') + 1);
    return second == std::string::npos || row.find_first_not_of(" |\r", second) == std::string::npos;
}

std::string without_blank_rows(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream all(text);
    for (std::string line; std::getline(all, line);) lines.push_back(line);
    std::string kept;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool heads = is_row(lines[i]) && i + 1 < lines.size() && is_rule(lines[i + 1]);
        if (heads || is_rule(lines[i]) || (is_row(lines[i]) && is_blank(lines[i]))) continue;
        kept += lines[i] + "\n";
    }
    return kept;
}

}  // namespace

std::string answer_begin(const std::string& question) {
    return "<!-- answer " + question + " -->";
}

std::string answer_end(const std::string& question) {
    return "<!-- end of answer " + question + " -->";
}

std::string answer_to(const std::string& text, const std::string& question) {
    const std::string begin = answer_begin(question);
    const std::size_t from = text.find(begin);
    const std::size_t to = from == std::string::npos ? from : text.find(answer_end(question), from);
    if (to == std::string::npos) return "";
    const std::string answer =
        without_blank_rows(without_comments(text.substr(from + begin.size(), to - from - begin.size())));
    const bool any = std::any_of(answer.begin(), answer.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; });
    return any ? answer : "";
}
