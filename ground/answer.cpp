#include "ground/answer.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "ground/blank.hpp"

namespace {

constexpr const char* in_utf16 = "the text is in UTF-16, or holds NUL bytes: save the file as UTF-8";
constexpr const char* in_comment = "the text between <!-- and --> is a comment, not an answer: write outside of it";
constexpr const char* not_closed = "a comment begins here, and its --> is missing: all that follows belongs to it";
constexpr const char* no_markers = "all markers, such as <!-- answer 1 -->, are missing: write between two of them";

// "line 12: what", the line being the one with that byte.
std::string at_line(const std::string& file, std::size_t byte, const std::string& what) {
    const auto end = file.begin() + static_cast<std::ptrdiff_t>(std::min(byte, file.size()));
    return "line " + std::to_string(1 + std::count(file.begin(), end, '\n')) + ": " + what;
}

bool is_row(const std::string& line) {
    return line.find_first_not_of(' ') != std::string::npos && line[line.find_first_not_of(' ')] == '|';
}

// The line under a table's heads: | --- | ---: |
bool is_rule(const std::string& line) {
    return is_row(line) && line.find("---") != std::string::npos &&
           line.find_first_not_of(" |:-\r") == std::string::npos;
}

// A row of which no more than the first cell says anything.
bool is_blank(const std::string& row) {
    const std::size_t second = row.find('|', row.find('|') + 1);
    return second == std::string::npos || !says_something(row.substr(second));
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

// What was written between the markers and does not count, and why.
std::string problem_between(const std::string& file, std::size_t from, std::size_t to) {
    for (std::size_t at = from; (at = file.find("<!--", at)) < to;) {
        const std::size_t end = file.find("-->", at);
        if (end >= to) return at_line(file, at, not_closed);
        const std::string comment = file.substr(at + 4, end - at - 4);
        const bool is_ours = comment.rfind(" Your answer here", 0) == 0 && comment.find('\n') == std::string::npos;
        if (!is_ours && says_something(comment)) return at_line(file, at, in_comment);
        at = end;
    }
    return "";
}

std::string problem_of_markers(const std::string& file, const std::string& question) {
    const std::string begin = answer_begin(question), end = answer_end(question);
    const std::size_t begins = file.find(begin), ends = file.find(end);
    if (begins == std::string::npos && ends == std::string::npos) {
        const std::size_t heading = file.find("## Question " + question);
        const std::string gone = "the markers " + begin + " and " + end + " are missing";
        return heading == std::string::npos ? gone : at_line(file, heading, gone);
    }
    if (begins == std::string::npos) return at_line(file, ends, "the marker " + begin + " is missing before this one");
    if (ends == std::string::npos) return at_line(file, begins, "the marker " + end + " is missing after this one");
    return at_line(file, begins, "the marker " + end + " comes before this one");
}

}  // namespace

std::string answer_begin(const std::string& question) {
    return "<!-- answer " + question + " -->";
}

std::string answer_end(const std::string& question) {
    return "<!-- end of answer " + question + " -->";
}

std::string unreadable(const std::string& file) {
    for (const char* marker : {"<!-- answer ", "<!-- end of answer "})
        if (file.find(marker) != std::string::npos) return "";
    const std::string first = file.substr(0, 2);
    if (first == "\xff\xfe" || first == "\xfe\xff") return at_line(file, 0, in_utf16);
    if (const std::size_t nul = file.find('\0'); nul != std::string::npos) return at_line(file, nul, in_utf16);
    return at_line(file, 0, no_markers);
}

Answer answer_to(const std::string& file, const std::string& question) {
    const std::string begin = answer_begin(question);
    const std::size_t begins = file.find(begin), from = begins + begin.size();
    const std::size_t to = begins == std::string::npos ? begins : file.find(answer_end(question), from);
    if (to == std::string::npos) return {"", problem_of_markers(file, question)};
    const std::string between = file.substr(from, to - from);
    const std::size_t nul = between.find('\0');
    if (nul != std::string::npos) return {"", at_line(file, from + nul, in_utf16)};
    const std::string answer = without_blank_rows(without_comments(between));
    if (says_something(answer)) return {answer, ""};
    return {"", problem_between(file, from, to)};
}
