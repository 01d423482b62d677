// Does each criterion send students to a step that speaks of it, and does the README's table say the same?
#include <algorithm>
#include <map>
#include <regex>

#include "ground/text.hpp"
#include "tools/check.hpp"
#include "tools/sources.hpp"

namespace {

// The beginnings of the words that say what a criterion is about: long enough to tell words apart, short enough that
// "joins" and "joined" are one.
std::set<std::string> stems_of(const std::string& criterion) {
    static const std::set<std::string> common = {
        "after", "again",    "also",   "been",   "before", "does",    "done",  "each",    "even",   "every", "from",
        "have",  "into",     "itself", "makes",  "many",   "more",    "most",  "much",    "never",  "none",  "nothing",
        "once",  "only",     "other",  "others", "over",   "program", "said",  "says",    "some",   "than",  "that",
        "their", "them",     "then",   "there",  "they",   "this",    "those", "through", "told",   "until", "were",
        "what",  "whatever", "when",   "where",  "which",  "while",   "whole", "with",    "without"};
    constexpr std::size_t least = 4;
    std::set<std::string> stems;
    static const std::regex word("[A-Za-z]+");
    const std::string text = in_lower_case(criterion);
    for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it)
        if (const std::string each = it->str(); each.size() >= least && common.count(each) == 0)
            stems.insert(each.substr(0, least));
    return stems;
}

std::string steps_in_words(const std::set<int>& steps) {
    std::vector<std::string> words;
    for (const int step : steps) words.push_back("step " + std::to_string(step));
    return list_of(words);
}

// By criterion: the steps that its test case tells students to read.
std::map<std::string, std::set<int>> reads_of(const Check& check, const ChapterEntry& chapter) {
    std::map<std::string, std::set<int>> reads;
    const std::string folder = "tests/" + chapter.id;
    for (const std::string& part : check.names_in(folder))
        for (const auto& [name, text] : test_case_texts(check.text(folder + "/" + part)))
            reads[name] = steps_to_read(text);
    return reads;
}

void check_steps(Check& check, const std::string& file, const std::string& readme, const std::string& criterion,
                 const std::set<int>& steps) {
    const auto sections = sections_of(readme);
    std::string text;
    for (const int step : steps) {
        const auto found = sections.find("Step " + std::to_string(step));
        if (found != sections.end()) text += in_lower_case(found->second);
    }
    std::size_t named = 0;
    const std::set<std::string> stems = stems_of(criterion);
    std::string missing;
    for (const std::string& stem : stems) {
        if (text.find(stem) != std::string::npos) ++named;
        else missing += (missing.empty() ? "" : ", ") + stem + "...";
    }
    if (2 * named < stems.size())
        check.fail(file, steps_in_words(steps) + " does not speak of \"" + criterion + "\": no " + missing,
                   "Explain it there, or let the criterion's readme(...) name the step that does.");
}

}  // namespace

void check_reads(Check& check, const ChapterEntry& chapter) {
    const std::string file = "labs/" + chapter.id + "/README.md";
    const std::string readme = check.text(file);
    std::set<std::string> criteria;
    for (const ProgramEntry& program : chapter.programs)
        for (const CriterionEntry& criterion : program.criteria) criteria.insert(criterion.name);
    std::map<std::string, std::set<int>> table;
    for (const std::vector<std::string>& cells : criteria_rows(readme)) {
        const std::string& name = cells.front();
        if (criteria.count(name) == 0)
            check.fail(file, "has a row for \"" + name + "\", which is no criterion of the chapter",
                       "Spell it as " + chapter.file() + " does, or delete it.");
        static const std::regex step("#step-(\\d+)");
        for (std::sregex_iterator it(cells.back().begin(), cells.back().end(), step), end; it != end; ++it)
            table[name].insert(std::stoi((*it)[1]));
    }
    std::map<std::string, std::set<int>> reads;
    if (check.has_tests()) reads = reads_of(check, chapter);
    for (const std::string& criterion : criteria) {
        check.count("read line");
        const auto row = table.find(criterion);
        if (row == table.end()) {
            check.fail(file, "has no row for the criterion \"" + criterion + "\" with a step to read",
                       "Add it to the table of what the grader looks for.");
            continue;
        }
        const std::set<int>& code = reads[criterion];
        if (!code.empty() && !std::includes(row->second.begin(), row->second.end(), code.begin(), code.end()))
            check.fail(file,
                       "sends readers of \"" + criterion + "\" to " + steps_in_words(row->second) +
                           ", and the criterion itself to " + steps_in_words(code),
                       "Let both name the same step.");
        check_steps(check, file, readme, criterion, code.empty() ? row->second : code);
    }
}
