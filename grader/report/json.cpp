#include "grader/report/history_json.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"

namespace {

using nlohmann::ordered_json;

// No number where it would look like a grade.
ordered_json number(bool complete, int points) {
    return complete ? ordered_json(points) : ordered_json(nullptr);
}

ordered_json criterion_json(const CriterionGrade& criterion) {
    return {{"name", criterion.name},
            {"verdict", name_of(criterion.verdict)},
            {"passed", criterion.passed()},
            {"points", number(!criterion.kit_failed(), criterion.points)},
            {"max_points", criterion.max_points},
            {"waits_for", criterion.waits_for},
            {"saw", criterion.kit_failed() ? kit_failed_prefix + criterion.failure : criterion.saw},
            {"expected", criterion.expected},
            {"why", criterion.why},
            {"read", criterion.read},
            {"schedule", criterion.schedule},
            {"arguments", criterion.order ? criterion.order->arguments : std::vector<std::string>()},
            {"choices", criterion.order ? criterion.order->choices : explore::Choices()},
            {"threads", criterion.order ? criterion.order->names : explore::Names()},
            {"history", criterion.history ? history_json(*criterion.history) : ordered_json(nullptr)}};
}

ordered_json program_json(const ProgramGrade& program) {
    ordered_json criteria = ordered_json::array();
    for (const CriterionGrade& criterion : program.criteria) criteria.push_back(criterion_json(criterion));
    return {{"chapter", program.chapter},
            {"program", program.program},
            {"built", program.built},
            {"build_error", program.build_error},
            {"points", number(program.complete(), program.points())},
            {"max_points", program.max_points()},
            {"criteria", std::move(criteria)}};
}

ordered_json answer_json(const AnswerGrade& answer) {
    return {{"chapter", answer.chapter},
            {"question", answer.question},
            {"answered", answer.answered},
            {"points", answer.points},
            {"max_points", answer.max_points}};
}

}  // namespace

const char* name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds: return "holds";
        case Verdict::fails: return "fails";
        case Verdict::waits: return "waits";
        default: return "kit_failed";
    }
}

std::string json_report(const Grade& grade) {
    ordered_json programs = ordered_json::array(), answers = ordered_json::array();
    for (const ProgramGrade& program : grade.programs) programs.push_back(program_json(program));
    for (const AnswerGrade& answer : grade.answers) answers.push_back(answer_json(answer));
    std::vector<std::string> remarks = kit_failures(grade);
    for (std::string& failure : remarks) failure = kit_failed_prefix + failure;
    remarks.insert(remarks.end(), grade.remarks.begin(), grade.remarks.end());
    return json_text({{"version", 2},
                      {"points", number(grade.complete(), grade.points())},
                      {"max_points", grade.max_points()},
                      {"contained", grade.contained},
                      {"complete", grade.complete()},
                      {"remarks", remarks},
                      {"programs", std::move(programs)},
                      {"answers", std::move(answers)}});
}
