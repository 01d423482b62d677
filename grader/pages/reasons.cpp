#include "grader/pages/reasons.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "ground/text.hpp"

namespace {

constexpr std::size_t most_text = 2'000;  // of one sentence: a program may print as much as it likes

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_in_a_word(char c) {
    return is_digit(c) || is_lower(c) || is_upper(c) || c == '_';
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (at < text.size() && is_in_a_word(text[at])) ++at;
    return at;
}

// Past a number such as 1,733 or 0.25.
std::size_t end_of_number(std::string_view text, std::size_t at) {
    for (;;) {
        at = end_of_word(text, at);
        const bool goes_on =
            at + 1 < text.size() && (text[at] == ',' || text[at] == '.' || text[at] == ':') && is_digit(text[at + 1]);
        if (!goes_on) return at;
        ++at;
    }
}

// Alice, C1, T12: of a thread or an actor, as the grader names them.
bool is_a_name(std::string_view word) {
    if (word.size() < 2 || !is_upper(word[0])) return false;
    const std::string_view rest = word.substr(1);
    return std::all_of(rest.begin(), rest.end(), is_lower) || std::all_of(rest.begin(), rest.end(), is_digit);
}

// A number for "1, 2 and 4" and "1 to 16", too.
void join_numbers(std::string& text) {
    for (const std::string between : {", ", " and ", " to ", " or "}) {
        const std::string several = "#" + between + "#";
        for (std::size_t at = 0; (at = text.find(several, at)) != std::string::npos;)
            text.replace(at, several.size(), "#");
    }
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

// One failure, by what all of its kind have in common.
struct Kind {
    std::string chapter, program, criterion, sentence;
    auto operator<=>(const Kind&) const = default;
};

class Counting {
  public:
    void add(std::size_t student, const ProgramGrade& program) {
        ++graded_[{program.chapter, program.program}];
        if (!program.built) {
            add(student, program, "", program.build_error, nullptr);
            return;
        }
        for (const CriterionGrade& criterion : program.criteria)
            if (criterion.verdict == Verdict::fails) add(student, program, criterion.name, criterion.saw, &criterion);
    }

    std::vector<Reason> commonest_first() {
        for (const auto& [kind, at] : places_) name(reasons_[at], sentences_[at]);
        std::stable_sort(reasons_.begin(), reasons_.end(),
                         [](const Reason& a, const Reason& b) { return a.students.size() > b.students.size(); });
        return std::move(reasons_);
    }

  private:
    void add(std::size_t student, const ProgramGrade& program, const std::string& criterion, const std::string& saw,
             const CriterionGrade* evidence) {
        const std::string heart = heart_of(saw);
        const auto [place, is_new] =
            places_.try_emplace({program.chapter, program.program, criterion, generalised(heart)}, reasons_.size());
        if (is_new) {
            reasons_.push_back({program.chapter, program.program, criterion, "", false, "", "", "", {}, 0});
            sentences_.emplace_back();
        }
        Reason& reason = reasons_[place->second];
        if (is_new && evidence) {
            reason.expected = evidence->expected;
            reason.why = evidence->why;
            reason.read = evidence->read;
        }
        reason.students.push_back(student);
        ++sentences_[place->second][heart];
    }

    void name(Reason& reason, const std::map<std::string, int>& sentences) {
        const auto commonest = std::max_element(sentences.begin(), sentences.end(),
                                                [](const auto& a, const auto& b) { return a.second < b.second; });
        reason.saw = commonest->first;
        reason.varies = sentences.size() > 1;
        reason.of = graded_[{reason.chapter, reason.program}];
    }

    std::map<Kind, std::size_t> places_;
    std::vector<Reason> reasons_;
    std::vector<std::map<std::string, int>> sentences_;  // of each: how often each was said
    std::map<std::pair<std::string, std::string>, std::size_t> graded_;
};

}  // namespace

std::string heart_of(const std::string& saw) {
    std::string heart = saw.substr(0, std::min(saw.find('\n'), most_text));
    for (const char* circumstances : {"; this was with ", " (with --"})
        heart.resize(std::min(heart.find(circumstances), heart.size()));
    const std::size_t program = heart.find(", the program ");
    if (heart.rfind("with --", 0) == 0 && program != std::string::npos) heart.erase(0, program + 2);
    return heart;
}

std::string generalised(const std::string& sentence) {
    std::string result;
    for (std::size_t at = 0; at < sentence.size();) {
        const std::string_view rest = std::string_view(sentence).substr(at);
        if (rest[0] == '"') {
            const std::size_t end = std::min(sentence.find('"', at + 1), sentence.size() - 1);
            result += "\"\"";
            at = end + 1;
        } else if (is_digit(rest[0])) {
            result += '#';
            at = end_of_number(sentence, at);
        } else if (rest[0] == '/' && (result.empty() || result.back() == ' ')) {  // a place in some library
            result += '@';
            at = std::min(sentence.find(' ', at), sentence.size());
        } else if (is_in_a_word(rest[0])) {
            const std::size_t end = end_of_word(sentence, at);
            const std::string_view word = rest.substr(0, end - at);
            const bool is_function = end < sentence.size() && sentence[end] == '(';
            result += is_a_name(word) || is_function ? "@" : word;
            at = end;
        } else {
            result += rest[0];
            ++at;
        }
    }
    join_numbers(result);
    replace_all(result, "each of its threads #", "its thread #");
    if (result.rfind("SUMMARY: ", 0) == 0) {  // of a sanitizer: the kind of mistake, but not where
        const std::size_t place = std::min(result.find(" @"), result.find(".cpp:"));
        result.resize(std::min(result.rfind(' ', place), result.size()));
    }
    return result;
}

std::vector<Reason> reasons_of(const ClassResults& results) {
    Counting counting;
    for (std::size_t i = 0; i < results.students.size(); ++i) {
        if (results.students[i].state != Student::State::graded) continue;
        for (const ProgramGrade& program : results.students[i].work.grade.programs) counting.add(i, program);
    }
    return counting.commonest_first();
}
