#include <algorithm>
#include <iterator>

#include "grader/explore/picture.hpp"
#include "grader/pages/data.hpp"
#include "grader/pages/named_lines.hpp"
#include "grader/pages/shown.hpp"
#include "grader/report/parts.hpp"
#include "ground/file.hpp"
#include "ground/markers.hpp"
#include "support/base64.hpp"

namespace {

using nlohmann::ordered_json;

constexpr std::size_t picture_columns = 110;

// No number where it would look like a grade.
ordered_json number(bool complete, int points) {
    return complete ? ordered_json(points) : ordered_json(nullptr);
}

// As a data URL: an image runs no script, and knows nothing of the page around it.
std::string image_of(const CriterionGrade& criterion, const std::string& program) {
    if (!criterion.history) return "";
    const std::string svg = explore::svg_picture(*criterion.history, program + ", an order that breaks it");
    return "data:image/svg+xml;base64," + to_base64(svg);
}

std::string order_in_words(const CriterionGrade& criterion) {
    return criterion.history ? explore::picture(*criterion.history, {{{}, /*utf8=*/true}, picture_columns, true}) : "";
}

ordered_json criterion_data(const CriterionGrade& criterion, const std::string& program) {
    ordered_json data = {{"name", shown(criterion.name)},
                         {"verdict", name_of(criterion.verdict)},
                         {"points", number(!criterion.kit_failed(), criterion.points)},
                         {"max_points", criterion.max_points}};
    const auto add = [&](const char* key, const std::string& text) {
        if (!text.empty()) data[key] = shown(text);
    };
    add("saw", criterion.saw);
    add("waits_for", criterion.waits_for);
    add("failure", criterion.failure);
    if (criterion.verdict != Verdict::fails) return data;
    add("expected", criterion.expected);
    add("why", criterion.why);
    add("read", criterion.read);
    add("schedule", criterion.schedule);
    add("picture", image_of(criterion, program));
    add("order", order_in_words(criterion));
    data["lines"] = lines_of_evidence(criterion, program);
    return data;
}

ordered_json program_data(const ProgramGrade& program, const Submitted& submitted) {
    ordered_json criteria = ordered_json::array();
    for (const CriterionGrade& criterion : program.criteria)
        criteria.push_back(criterion_data(criterion, program.program));
    const auto source = submitted.sources.find(program.program);
    return {{"chapter", program.chapter},
            {"program", program.program},
            {"file", "labs/" + program.chapter + "/" + program.program + ".cpp"},
            {"built", program.built},
            {"build_error", program.built ? "" : shown(program.build_error)},
            {"lines", program.built ? std::vector<int>() : named_lines(program.build_error, program.program)},
            {"points", number(program.complete(), program.points())},
            {"max_points", program.max_points()},
            {"source", source == submitted.sources.end() ? ordered_json(nullptr) : ordered_json(shown(source->second))},
            {"criteria", std::move(criteria)}};
}

ordered_json answer_data(const AnswerGrade& answer, const Submitted& submitted, const Questions& questions) {
    const std::pair key(answer.chapter, answer.question);
    const auto text = submitted.answers.find(key);
    const auto asked = questions.find(key);
    return {{"file", answers_file(answer)},
            {"question", shown(answer.question)},
            {"answered", answer.answered},
            {"points", answer.points},
            {"max_points", answer.max_points},
            {"asked", asked == questions.end() ? "" : shown(asked->second)},
            {"text", text == submitted.answers.end() ? "" : shown(text->second)}};
}

std::vector<std::string> all_shown(const std::vector<std::string>& texts) {
    std::vector<std::string> result;
    std::transform(texts.begin(), texts.end(), std::back_inserter(result),
                   [](const std::string& text) { return shown(text); });
    return result;
}

// Between the question's heading and the marker of its answer.
std::string question_in(const std::string& file, const std::string& number) {
    const std::string heading = "## Question " + number + "\n";
    const std::size_t at = file.find(heading), end = file.find(answer_begin(number));
    if (at == std::string::npos || end == std::string::npos || end < at + heading.size()) return "";
    std::string text = file.substr(at + heading.size(), end - at - heading.size());
    text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
    text.resize(text.find_last_not_of('\n') + 1);
    return text;
}

}  // namespace

Questions questions_in(const std::filesystem::path& root, const Grade& grade) {
    Questions questions;
    for (const AnswerGrade& answer : grade.answers)
        questions[{answer.chapter, answer.question}] =
            question_in(read_if_there(root / answers_file(answer)), answer.question);
    return questions;
}

Questions questions_in(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters) {
    Questions questions;
    for (const ChapterEntry& chapter : chapters) {
        const std::string file = read_if_there(root / chapter.answers());
        for (const QuestionEntry& question : chapter.questions)
            questions[{chapter.number(), question.number}] = question_in(file, question.number);
    }
    return questions;
}

ordered_json submitted_data(const Submitted& submitted, const Questions& questions) {
    const Grade& grade = submitted.grade;
    ordered_json programs = ordered_json::array(), answers = ordered_json::array();
    for (const ProgramGrade& program : grade.programs) programs.push_back(program_data(program, submitted));
    for (const AnswerGrade& answer : grade.answers) answers.push_back(answer_data(answer, submitted, questions));
    return {{"name", shown(submitted.name)},
            {"points", number(grade.complete(), grade.points())},
            {"max_points", grade.max_points()},
            {"next", shown(next_step(grade))},
            {"kit_failures", all_shown(kit_failures(grade))},
            {"remarks", all_shown(grade.remarks)},
            {"programs", std::move(programs)},
            {"answers", std::move(answers)}};
}
