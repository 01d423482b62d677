#include <algorithm>

#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

std::string score(int points, int max_points) {
    return std::to_string(points) + " of " + std::to_string(max_points);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string program_section(const ProgramGrade& program) {
    std::string section = "## " + program.program + ": " + score_of(program) + "\n\n";
    if (!program.built) section += "It cannot be built:\n\n" + code_block(joined(build_error_lines(program, 100)));
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.verdict == Verdict::waits) continue;
        section += std::string("- ") + (criterion.passed() ? "[x] " : "[ ] ") + criterion.name + " (" +
                   (criterion.kit_failed() ? "**KIT FAILED**" : score(criterion.points, criterion.max_points)) + ")\n";
    }
    if (program.built) section += '\n';
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.passed() || criterion.verdict == Verdict::waits) continue;
        section += "**" + criterion.name + "**\n\n" + code_block(explanation(program, criterion));
    }
    if (const std::string rest = waiting(program); !rest.empty()) section += rest + "\n\n";
    return section;
}

std::string written(const Grade& grade) {
    std::string report =
        "# " + (grade.complete() ? score_of(grade) + " points\n\n"
                                 : "No grade: the kit failed\n\n" + code_block(kit_failure_text(grade)));
    report += "Next: " + next_step(grade) + "\n\n| | points |\n| --- | ---: |\n";
    for (const ProgramGrade& program : grade.programs)
        report += "| `" + program.program + "` | " + score_of(program) + " |\n";
    for (const AnswerGrade& answer : grade.answers) {
        report += "| " + answers_file(answer) + ", question " + answer.question + " | " +
                  score(answer.points, answer.max_points) + " |\n";
    }
    report += '\n';
    for (const ProgramGrade& program : grade.programs) report += program_section(program);
    for (const std::string& remark : grade.remarks) report += code_block(printable(remark));
    return without_commands(report);
}

}  // namespace

std::string markdown_report(const Grade& grade) {
    return fitted(grade, 65'000, written);
}
