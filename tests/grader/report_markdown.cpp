#include <algorithm>

#include "grader/report.hpp"
#include "grader/report_parts.hpp"
#include "text.hpp"

namespace {

std::string score(int points, int max_points) {
    return std::to_string(points) + " of " + std::to_string(max_points);
}

// A code block that its text cannot end: nothing in it is Markdown, a link or a mention.
std::string block(const std::string& text) {
    std::size_t longest = 2, run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + "text\n" + text + '\n' + fence + "\n\n";
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string program_section(const ProgramGrade& program) {
    std::string section =
        "## " + program.program + ": " + score(program.points(), program.max_points()) + "\n\n";
    if (!program.built)
        section += "It cannot be built:\n\n" + block(joined(build_error_lines(program, 100)));
    for (const CriterionGrade& criterion : program.criteria) {
        if (!criterion.judged) continue;
        section += std::string("- ") + (criterion.passed ? "[x] " : "[ ] ") + criterion.name +
                   " (" + score(criterion.points, criterion.max_points) + ")\n";
    }
    if (program.built) section += '\n';
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.passed || !criterion.judged) continue;
        section += "**" + criterion.name + "**\n\n" + block(explanation(program, criterion));
    }
    if (const std::string rest = waiting(program); !rest.empty()) section += rest + "\n\n";
    return section;
}

}  // namespace

std::string markdown_report(const Grade& grade) {
    std::string report = "# " + score(grade.points(), grade.max_points()) + " points\n\n" +
                         "Next: " + next_step(grade) + "\n\n| | points |\n| --- | ---: |\n";
    for (const ProgramGrade& program : grade.programs) {
        report += "| `" + program.program + "` | " + score(program.points(), program.max_points()) +
                  " |\n";
    }
    for (const AnswerGrade& answer : grade.answers) {
        report += "| " + answers_file(answer) + ", question " + answer.question + " | " +
                  score(answer.points, answer.max_points) + " |\n";
    }
    report += '\n';
    for (const ProgramGrade& program : grade.programs) report += program_section(program);
    for (const std::string& remark : grade.remarks) report += block(printable(remark));
    return without_commands(report);
}
