#include <algorithm>
#include <cctype>

#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

constexpr std::size_t most_errors = 10;       // GitHub shows no more of them per step
constexpr std::size_t most_of_one_build = 3;  // the errors after those follow from them
constexpr std::size_t most_bytes = 4'000;     // of one message; GitHub's limit is far above
constexpr std::size_t most_of_a_title = 200;

// What GitHub's runner undoes again. Without it, a student's text could begin a command of its own.
std::string escaped(const std::string& text, bool is_property) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '%': result += "%25"; break;
            case '\r': result += "%0D"; break;
            case '\n': result += "%0A"; break;
            case ':': result += is_property ? "%3A" : ":"; break;
            case ',': result += is_property ? "%2C" : ","; break;
            default: result += c;
        }
    }
    return result;
}

std::string property(const std::string& text) {
    return escaped(cut(printable(text), most_of_a_title), true);
}

std::string command(const std::string& kind, const std::string& properties, const std::string& message) {
    return "::" + kind + " " + properties + "::" + escaped(cut(message, most_bytes), false) + "\n";
}

std::string at(const std::string& file, const std::string& line, const std::string& title) {
    return "file=" + property(file) + ",line=" + line + ",title=" + property(title);
}

std::string source_of(const ProgramGrade& program) {
    return "labs/" + program.chapter + "/" + program.program + ".cpp";
}

struct Place {
    std::string line;  // a number
    std::string rest;  // of that line of text
};

bool is_of_a_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where a text names "NAME.cpp:12". By hand: a compiler's line may be longer than what std::regex has stack for.
std::vector<Place> places_in(const std::string& text, const ProgramGrade& program) {
    constexpr std::size_t most_digits = 6;
    const std::string name = program.program + ".cpp:";
    std::vector<Place> places;
    for (std::size_t found = 0; (found = text.find(name, found)) != std::string::npos;) {
        const bool is_whole = found == 0 || !is_of_a_name(text[found - 1]);
        found += name.size();
        const std::size_t end = std::min(text.find_first_not_of("0123456789", found), text.size());
        if (!is_whole || end == found || end - found > most_digits) continue;
        places.push_back({text.substr(found, end - found), text.substr(end, text.find('\n', end) - end)});
    }
    return places;
}

// In the order of importance for this program; line 1 stands for the whole file.
std::vector<std::string> errors_of(const ProgramGrade& program) {
    std::vector<std::string> errors;
    const std::string file = source_of(program);
    if (!program.built && program.complete()) {
        for (const auto& [line, rest] : places_in(program.build_error, program)) {
            const std::size_t what = rest.find(" error: ");
            if (what == std::string::npos || errors.size() == most_of_one_build) continue;
            errors.push_back(command("error", at(file, line, "It cannot be built"), printable(rest.substr(what + 1))));
        }
        if (errors.empty())
            errors.push_back(command("error", at(file, "1", "It cannot be built"), printable(program.build_error)));
    }
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.verdict != Verdict::fails) continue;
        std::string message;
        for (const std::string& line : evidence_lines(criterion, 100)) message += line + "\n";
        const auto places = places_in(criterion.saw, program);
        errors.push_back(command("error", at(file, places.empty() ? "1" : places.front().line, criterion.name),
                                 message + waiting(program)));
    }
    return errors;
}

// First the first error of each program, then the second ones: so each program has one among those that are shown.
std::vector<std::string> in_turns(const std::vector<std::vector<std::string>>& of_programs) {
    std::vector<std::string> errors;
    for (std::size_t turn = 0;; ++turn) {
        const std::size_t before = errors.size();
        for (const auto& own : of_programs)
            if (turn < own.size()) errors.push_back(own[turn]);
        if (errors.size() == before) return errors;
    }
}

// One notice for each file with open questions.
std::string open_answers(const Grade& grade) {
    std::vector<std::pair<std::string, std::vector<std::string>>> open;
    for (const AnswerGrade& answer : grade.answers) {
        if (answer.answered) continue;
        if (open.empty() || open.back().first != answers_file(answer)) open.push_back({answers_file(answer), {}});
        open.back().second.push_back("question " + answer.question);
    }
    std::string text;
    for (const auto& [file, questions] : open)
        text +=
            command("notice", at(file, "1", "No answer yet"), "There is no answer yet to " + list_of(questions) + ".");
    return text;
}

}  // namespace

std::string annotations_report(const Grade& grade) {
    std::vector<std::vector<std::string>> of_programs;
    for (const ProgramGrade& program : grade.programs) of_programs.push_back(errors_of(program));
    std::vector<std::string> errors = in_turns(of_programs);
    if (const std::string failure = kit_failure_text(grade); !failure.empty())
        errors.insert(errors.begin(), command("error", "title=THE KIT FAILED", failure));
    if (errors.size() > most_errors) {
        const std::size_t left_out = errors.size() - (most_errors - 1);
        errors.resize(most_errors - 1);
        errors.push_back(command("error", "title=And more",
                                 std::to_string(left_out) + " more errors are in the report, not among these notes."));
    }
    std::string text;
    for (const std::string& error : errors) text += error;
    return text + open_answers(grade);
}
