#include <algorithm>

#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "support/base64.hpp"

namespace {

using nlohmann::ordered_json;

// The grade is the sum of the scores over max_score: every test has a number.
ordered_json test(const std::string& name, const char* status, int score, const std::string& message) {
    return {{"name", name},    {"status", status}, {"score", score}, {"message", message},
            {"test_code", ""}, {"filename", ""},   {"line_no", 0},   {"duration", 0}};
}

const char* status_of(const ProgramGrade& program, const CriterionGrade& criterion) {
    if (criterion.passed()) return "pass";
    return program.built && !criterion.kit_failed() ? "fail" : "error";
}

std::string encoded(const Grade& grade) {
    // Where the kit failed, the sum of the scores is to look like no grade: there are none.
    const auto score = [&](int points) { return grade.complete() ? points : 0; };
    ordered_json tests = ordered_json::array();
    if (!grade.complete()) tests.push_back(test("THE KIT FAILED", "error", 0, kit_failure_text(grade)));
    for (const ProgramGrade& program : grade.programs) {
        for (const CriterionGrade& criterion : program.criteria) {
            tests.push_back(test(program.program + ": " + criterion.name, status_of(program, criterion),
                                 score(criterion.points), criterion.passed() ? "" : explanation(program, criterion)));
        }
    }
    for (const AnswerGrade& answer : grade.answers) {
        tests.push_back(test(answers_file(answer) + ": question " + answer.question, answer.answered ? "pass" : "fail",
                             score(answer.points), explanation(answer)));
    }
    const bool nothing = tests.empty();
    if (!grade.remarks.empty()) tests.push_back(test("remarks", "pass", 0, all_remarks(grade)));
    if (nothing) tests.push_back(test("kit grade", "error", 0, "There was nothing to grade."));
    const char* status = nothing || !grade.complete() ? "error" : everything_holds(grade) ? "pass" : "fail";
    const ordered_json document = {
        {"version", 1},
        {"status", status},
        {"max_score", grade.complete() ? std::max(grade.max_points(), 1) : 1},  // never 0: the reporter divides by it
        {"tests", tests}};
    return to_base64(json_text(document)) + '\n';
}

}  // namespace

std::string classroom_report(const Grade& grade) {
    // It travels in an environment variable, which holds 131,072 bytes with its name.
    return fitted(grade, 99'000, encoded);
}
