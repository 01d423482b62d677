#include "ground/own_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "ground/table.hpp"

namespace {

struct Span {
    std::size_t from, to;
};

void blank(std::string& text, Span span) {
    for (std::size_t i = span.from; i < span.to; ++i)
        if (text[i] != '\n') text[i] = ' ';
}

std::string part_of(const std::string& text, Span span) {
    return text.substr(span.from, span.to - span.from);
}

std::vector<Span> lines_of(const std::string& text) {
    std::vector<Span> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        lines.push_back({from, to});
        from = to + 1;
    }
    return lines;
}

// An empty line, with or without the marks of a quotation.
bool is_break(const std::string& text, Span line) {
    return part_of(text, line).find_first_not_of(" \t>") == std::string::npos;
}

bool ends_sentence(const std::string& text, std::size_t at) {
    constexpr std::string_view ends = ".?!:";
    if (ends.find(text[at]) == std::string_view::npos) return false;
    const std::size_t after = text.find_first_not_of("*_\"')", at + 1);
    return after == std::string::npos || text[after] == ' ' || text[after] == '\n' || text[after] == '\t';
}

// Over the ends of lines, but not over an empty one.
std::vector<Span> sentences_of(const std::string& text) {
    std::vector<Span> sentences;
    std::size_t from = 0;
    const auto end_at = [&](std::size_t to) {
        if (to > from) sentences.push_back({from, to});
        from = to;
    };
    for (const Span line : lines_of(text)) {
        if (is_break(text, line)) end_at(line.from);
        for (std::size_t at = line.from; at < line.to; ++at)
            if (ends_sentence(text, at)) end_at(at + 1);
    }
    end_at(text.size());
    return sentences;
}

bool begins_with(const std::string& line, char mark) {
    const std::size_t begin = line.find_first_not_of(' ');
    return begin != std::string::npos && line[begin] == mark;
}

// Too short a part of a question might as well be an answer: "no", "in parallel".
bool is_long(const WordList& words) {
    return words.size() >= 3;
}

// The last line of a quotation may be short; the first one may be "## Question 1".
void blank_quotations(std::string& text, const Asked& asked) {
    bool goes_on = false;
    for (const Span line : lines_of(text)) {
        const std::string said = part_of(text, line);
        const WordList words = words_of(said);
        const bool is_heading = words.size() == 2 && words[0] == "question";
        goes_on = begins_with(said, '>') && (goes_on || is_long(words)) && has_run(asked.words, words);
        if (goes_on || is_heading) blank(text, line);
    }
}

}  // namespace

Asked::Asked(const std::string& question) : words(words_of(question)) {
    for (const Span sentence : sentences_of(question))
        if (WordList said = words_of(part_of(question, sentence)); !said.empty()) sentences.push_back(std::move(said));
    for (const Span line : lines_of(question)) lines.push_back(words_of(part_of(question, line)));
}

bool Asked::is_all_in(const std::string& text) const {
    const WordList all = words_of(text);
    return std::all_of(sentences.begin(), sentences.end(), [&](const WordList& said) { return has_run(all, said); });
}

std::string own_text(const std::string& text, const Asked& asked) {
    std::string own = without_blank_rows(with_blank_comments(text));
    blank_quotations(own, asked);
    bool goes_on = false;  // after one sentence of the question, a short one is the question's, too
    for (const Span sentence : sentences_of(own)) {
        const std::string said = part_of(own, sentence);
        const WordList words = words_of(said);
        if (words.empty()) continue;
        const bool is_question = said.find('?', said.find_last_not_of("*_\"') \t\n")) != std::string::npos;
        const bool repeats = std::find(asked.sentences.begin(), asked.sentences.end(), words) != asked.sentences.end();
        goes_on = (repeats && (goes_on || is_long(words))) || (is_question && has_run(asked.words, words));
        if (goes_on) blank(own, sentence);
    }
    for (const Span line : lines_of(own)) {  // a line of it, broken where the question breaks it
        const WordList words = words_of(part_of(own, line));
        const auto is_it = [&](const WordList& said) { return said == words; };
        if (is_long(words) && std::any_of(asked.lines.begin(), asked.lines.end(), is_it)) blank(own, line);
    }
    return own;
}

std::string with_blank_comments(std::string text) {
    for (std::size_t from = 0; (from = text.find("<!--", from)) != std::string::npos;) {
        const std::size_t close = text.find("-->", from);
        blank(text, {from, close == std::string::npos ? text.size() : close + 3});
    }
    return text;
}
