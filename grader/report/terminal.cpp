#include <set>

#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

constexpr std::size_t indent = 13;  // where a criterion's name stands: after "  FAIL  0/3  "

std::string points_of(int points, int max_points) {
    return std::to_string(points) + " of " + std::to_string(max_points) + (max_points == 1 ? " point" : " points");
}

// A title at the left, and something at the right.
std::string heading(const std::string& title, const std::string& right, const char* colour, const Paint& paint) {
    return paint("1", pad(title, screen_columns - right.size() - 1)) + " " + paint(colour, right) + '\n';
}

std::string heading(const std::string& title, int points, int max_points, const Paint& paint) {
    return heading(title, points_of(points, max_points), points == max_points ? "1;32" : "1", paint);
}

std::string heading(const std::string& title, const Grade& grade, const Paint& paint) {
    if (!grade.complete()) return heading(title, no_grade, "1;31", paint);
    return heading(title, grade.points(), grade.max_points(), paint);
}

std::string heading(const ProgramGrade& program, const Paint& paint) {
    if (!program.complete()) return heading(program.program, no_grade, "1;31", paint);
    return heading(program.program, program.points(), program.max_points(), paint);
}

std::string hanging(std::string lead, const std::string& text, std::size_t hang) {
    std::string lines;
    for (const std::string& line : wrap(text, screen_columns - hang)) {
        lines += lead + line + '\n';
        lead = std::string(hang, ' ');
    }
    return lines;
}

// "  pass  2/2  prints every actor's lines in order"
std::string verdict(const char* word, const char* colour, int points, int max_points, const std::string& name,
                    const Paint& paint) {
    const std::string score = std::to_string(points) + "/" + std::to_string(max_points);
    return hanging("  " + paint(colour, pad(word, 6)) + pad(score, indent - 8), name, indent);
}

// The cause stands with the first of those that share it.
std::string failure_report(const CriterionGrade& criterion, std::string& last_failure, const Paint& paint) {
    constexpr std::size_t most = 300;
    std::string report = hanging("  " + paint("1;31", "KIT FAILED") + " ", criterion.name, indent);
    const std::string cause = criterion.failure == last_failure ? "as above" : cut(printable(criterion.failure), most);
    last_failure = criterion.failure;
    return report + hanging(std::string(indent, ' '), cause, indent);
}

std::string criterion_report(const CriterionGrade& criterion, const Style& style) {
    const Paint& paint = style.paint;
    if (criterion.passed()) {
        return verdict("pass", "32", criterion.points, criterion.max_points, criterion.name, paint);
    }
    std::string report = verdict("FAIL", "1;31", criterion.points, criterion.max_points, criterion.name, paint);
    for (const std::string& line : evidence_lines(criterion, screen_columns - indent)) {
        report += std::string(indent, ' ') + line + '\n';
    }
    const std::vector<std::string> order = order_lines(criterion, screen_columns - indent, style);
    if (!order.empty()) report += '\n';
    for (const std::string& line : order) report += std::string(indent, ' ') + line + '\n';
    return order.empty() ? report : report + '\n';
}

std::string program_report(const ProgramGrade& program, const Style& style) {
    const Paint& paint = style.paint;
    std::string report = heading(program, paint);
    std::string last_failure;
    if (!program.built) {
        report += "  " + paint("1;31", "It cannot be built:") + '\n';
        for (const std::string& line : build_error_lines(program, screen_columns - 2)) report += "  " + line + '\n';
    }
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.judged()) report += criterion_report(criterion, style);
        else if (criterion.kit_failed()) report += failure_report(criterion, last_failure, paint);
    }
    if (const std::string rest = waiting(program); !rest.empty()) report += hanging("  ", rest, 2);
    return report + '\n';
}

std::string answers_report(const Grade& grade, const std::string& file, const Paint& paint) {
    std::string lines;
    int points = 0, max_points = 0;
    for (const AnswerGrade& answer : grade.answers) {
        if (answers_file(answer) != file) continue;
        points += answer.points;
        max_points += answer.max_points;
        lines += verdict(answer.answered ? "done" : "OPEN", answer.answered ? "32" : "1;31", answer.points,
                         answer.max_points, "question " + answer.question, paint);
    }
    return heading(file, points, max_points, paint) + lines + '\n';
}

}  // namespace

std::string terminal_report(const Grade& grade, const Style& style) {
    const Paint& paint = style.paint;
    std::string report;
    for (const ProgramGrade& program : grade.programs) report += program_report(program, style);
    std::set<std::string> reported;
    for (const AnswerGrade& answer : grade.answers) {
        const std::string file = answers_file(answer);
        if (reported.insert(file).second) report += answers_report(grade, file, paint);
    }
    report += heading("Total", grade, paint);
    for (const std::string& remark : grade.remarks) report += hanging(pad("Note", 6), printable(remark), 6);
    report += hanging(paint("1", pad("Next", 6)), next_step(grade), 6);
    return without_commands(report);
}
