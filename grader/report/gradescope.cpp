#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"

namespace {

using nlohmann::ordered_json;

ordered_json test(const std::string& number, const std::string& name, bool passed, int points, int max_points,
                  const std::string& output, const std::string& tag) {
    return {{"score", points},
            {"max_score", max_points},
            {"name", name},
            {"number", number},
            {"output", output},
            {"output_format", "text"},  // never HTML: a student's program may have chosen it
            {"status", passed ? "passed" : "failed"},
            {"visibility", "visible"},
            {"tags", ordered_json::array({tag})}};
}

}  // namespace

std::string gradescope_report(const Grade& grade) {
    ordered_json tests = ordered_json::array();
    std::size_t group = 0;
    for (const ProgramGrade& program : grade.programs) {
        ++group;
        std::size_t place = 0;
        for (const CriterionGrade& criterion : program.criteria) {
            tests.push_back(test(std::to_string(group) + "." + std::to_string(++place),
                                 program.program + ": " + criterion.name, criterion.passed(), criterion.points,
                                 criterion.max_points, criterion.passed() ? "" : explanation(program, criterion),
                                 program.chapter));
        }
    }
    ++group;
    std::size_t place = 0;
    for (const AnswerGrade& answer : grade.answers) {
        tests.push_back(test(std::to_string(group) + "." + std::to_string(++place),
                             answers_file(answer) + ": question " + answer.question, answer.answered, answer.points,
                             answer.max_points, explanation(answer), answer.chapter));
    }
    const std::string failed = kit_failure_text(grade);
    std::string output = failed.empty() ? score_of(grade) + " points." : failed;
    for (const std::string& remark : grade.remarks) output += "\n" + remark;
    output += "\nNext: " + next_step(grade);
    ordered_json document;
    if (grade.complete()) document["score"] = grade.points();
    document.update({{"output", output},
                     {"output_format", "text"},
                     {"visibility", "visible"},
                     {"stdout_visibility", "hidden"},
                     {"tests", tests},
                     {"leaderboard", ordered_json::array()}});
    return json_text(document);
}
