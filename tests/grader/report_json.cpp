#include "grader/report.hpp"
#include "grader/report_parts.hpp"

namespace {

using nlohmann::ordered_json;

ordered_json criterion_json(const CriterionGrade& criterion) {
    ordered_json entry = {{"name", criterion.name},     {"passed", criterion.passed},
                          {"points", criterion.points}, {"max_points", criterion.max_points},
                          {"saw", criterion.saw},       {"expected", criterion.expected},
                          {"why", criterion.why},       {"read", criterion.read}};
    if (!criterion.judged) entry["judged"] = false;
    return entry;
}

ordered_json program_json(const ProgramGrade& program) {
    ordered_json criteria = ordered_json::array();
    for (const CriterionGrade& criterion : program.criteria)
        criteria.push_back(criterion_json(criterion));
    ordered_json entry = {{"chapter", program.chapter},
                          {"program", program.program},
                          {"built", program.built},
                          {"points", program.points()},
                          {"max_points", program.max_points()},
                          {"criteria", std::move(criteria)}};
    if (!program.built) entry["build_error"] = program.build_error;
    return entry;
}

ordered_json answer_json(const AnswerGrade& answer) {
    return {{"chapter", answer.chapter},
            {"question", answer.question},
            {"answered", answer.answered},
            {"points", answer.points},
            {"max_points", answer.max_points}};
}

}  // namespace

std::string json_report(const Grade& grade) {
    ordered_json programs = ordered_json::array(), answers = ordered_json::array();
    for (const ProgramGrade& program : grade.programs) programs.push_back(program_json(program));
    for (const AnswerGrade& answer : grade.answers) answers.push_back(answer_json(answer));
    ordered_json document = {{"version", 1},
                             {"points", grade.points()},
                             {"max_points", grade.max_points()},
                             {"contained", grade.contained},
                             {"programs", std::move(programs)},
                             {"answers", std::move(answers)}};
    if (!grade.remarks.empty()) document["remarks"] = grade.remarks;
    return json_text(document);
}
