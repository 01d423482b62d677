#include "ground/words.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "ground/text.hpp"

namespace {

bool is_apostrophe(char32_t point) {
    return point == '\'' || point == 0x2018 || point == 0x2019;
}

// Letters and digits of any script; beyond ASCII, all but spaces and general punctuation.
bool in_a_word(char32_t point) {
    if (point < 0x80) return std::isalnum(static_cast<int>(point)) != 0 || point == '_';
    return point > 0xbf && (point < 0x2000 || point > 0x206f) && point != 0x3000 && point != 0xfeff;
}

}  // namespace

WordList words_of(const std::string& text) {
    WordList words;
    bool inside = false;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view before = rest;
        const char32_t point = take_code_point(rest);
        if (is_apostrophe(point)) continue;
        if (!in_a_word(point)) {
            inside = false;
            continue;
        }
        if (!inside) words.emplace_back();
        inside = true;
        words.back().append(before, 0, before.size() - rest.size());
    }
    for (std::string& word : words) word = in_lower_case(word);
    return words;
}

bool has_run(const WordList& all, const WordList& words) {
    return !words.empty() && std::search(all.begin(), all.end(), words.begin(), words.end()) != all.end();
}
