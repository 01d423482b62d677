#include <cstdlib>
#include <ctime>

#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"

namespace {

using nlohmann::ordered_json;

// One that its runner did not set is empty, and the runner then refuses the result.
std::string variable(const char* name, const char* instead = "") {
    const char* value = std::getenv(name);
    return value && *value ? value : instead;
}

std::string now() {
    const std::time_t time = std::time(nullptr);
    std::tm parts = {};
    gmtime_r(&time, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

ordered_json test(const std::string& name, bool passed, int points, int max_points, const std::string& output) {
    ordered_json row = {{"test-name", name}, {"passed", passed}, {"score", points}, {"max-score", max_points}};
    if (!output.empty()) row["output"] = output;
    return row;
}

ordered_json tests_of(const Grade& grade) {
    ordered_json tests = ordered_json::array();
    for (const ProgramGrade& program : grade.programs)
        for (const CriterionGrade& criterion : program.criteria)
            tests.push_back(test(program.program + ": " + criterion.name, criterion.passed(), criterion.points,
                                 criterion.max_points, criterion.passed() ? "" : explanation(program, criterion)));
    for (const AnswerGrade& answer : grade.answers)
        tests.push_back(test(answers_file(answer) + ": question " + answer.question, answer.answered, answer.points,
                             answer.max_points, explanation(answer)));
    if (!grade.remarks.empty()) tests.push_back(test("remarks", true, 0, 0, all_remarks(grade)));
    return tests;
}

}  // namespace

std::string classroom50_report(const Grade& grade) {
    ordered_json result = {{"schema", "classroom50/result/v1"},
                           {"classroom", variable("CLASSROOM")},
                           {"assignment", variable("ASSIGNMENT")},
                           {"assignment_type", variable("ASSIGNMENT_TYPE", "individual")},
                           {"owner", variable("OWNER", variable("USERNAME").c_str())},
                           {"submission", variable("SUBMISSION_TAG")},
                           {"commit", variable("COMMIT_URL")},
                           {"release", variable("RELEASE_URL")},
                           {"review", variable("REVIEW_URL", variable("COMMIT_URL").c_str())},
                           {"datetime", now()}};
    if (grade.complete()) {
        result["score"] = grade.points();
        result["max-score"] = grade.max_points();
        result["tests"] = tests_of(grade);
    } else {  // nothing in it looks like a grade
        result["status"] = "error";
        result["score"] = 0;
        result["max-score"] = 0;
        result["tests"] = ordered_json::array({test("THE KIT FAILED", false, 0, 0, kit_failure_text(grade))});
    }
    return json_text(result);
}
