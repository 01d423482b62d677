#include "ground/marks.hpp"

#include <algorithm>
#include <optional>

#include "ground/words.hpp"

namespace {

// <!-- answer 1 -->, <!--Answer 1-->, <!-- end answer 1 --> ...
std::optional<Mark> marker_at(const std::string& file, std::size_t at, const std::vector<std::string>& questions) {
    constexpr std::size_t longest = 80;
    const std::string comment = file.substr(at + 4, longest);
    const std::size_t close = comment.find("-->");
    if (close == std::string::npos) return std::nullopt;
    std::string squeezed;
    for (const std::string& word : words_of(comment.substr(0, close))) squeezed += word;
    const bool ends = squeezed.rfind("end", 0) == 0;
    for (const std::string& question : questions) {
        std::string number;
        for (const std::string& word : words_of(question)) number += word;
        const bool begins_one = squeezed == "answer" + number;
        const bool ends_one = squeezed == "endofanswer" + number || squeezed == "endanswer" + number;
        if (begins_one || ends_one) return Mark{ends ? Mark::end : Mark::begin, question, at, at + 4 + close + 3};
    }
    return std::nullopt;
}

// ## Question 1, with or without more after it.
std::optional<Mark> heading_at(const std::string& file, std::size_t from, std::size_t to) {
    const std::string line = file.substr(from, to - from);
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos || begin > 3 || line[begin] != '#') return std::nullopt;
    const WordList words = words_of(line);
    if (words.size() < 2 || words[0] != "question") return std::nullopt;
    return Mark{Mark::heading, words[1], from, to};
}

// "```" or "~~~" at the beginning of a line; "" where it has none.
std::string fence_of(const std::string& file, std::size_t from, std::size_t to) {
    const std::size_t begin = std::min(file.find_first_not_of(" \t>", from), to);
    const std::size_t end = begin < to ? file.find_first_not_of(file[begin], begin) : begin;
    const bool is_fence = begin < to && (file[begin] == '`' || file[begin] == '~') && std::min(end, to) - begin >= 3;
    return is_fence ? file.substr(begin, std::min(end, to) - begin) : "";
}

}  // namespace

std::vector<Mark> marks_in(const std::string& file, const std::vector<std::string>& questions) {
    std::vector<Mark> all;
    std::size_t comment = file.find("<!--");  // the next one
    std::string fence;                        // the one that began the block of code that the line is in
    for (std::size_t from = 0; from < file.size() && all.size() < most_marks;) {
        const std::size_t to = std::min(file.find('\n', from), file.size());
        const std::string found = fence_of(file, from, to);
        if (fence.empty()) fence = found;
        else if (!found.empty() && found[0] == fence[0] && found.size() >= fence.size()) fence.clear();
        const auto add = [&](std::optional<Mark> mark) {
            if (!mark) return;
            mark->in_block = !fence.empty();
            all.push_back(std::move(*mark));
        };
        add(heading_at(file, from, to));
        for (; comment < to && all.size() < most_marks; comment = file.find("<!--", comment + 4))
            add(marker_at(file, comment, questions));
        from = to + 1;
    }
    std::vector<Mark> marks;
    for (const Mark& mark : all) {
        const auto is_like_it = [&mark](const Mark& other) {
            return !other.in_block && other.kind == mark.kind && other.question == mark.question;
        };
        if (!mark.in_block || std::none_of(all.begin(), all.end(), is_like_it)) marks.push_back(mark);
    }
    return marks;
}
