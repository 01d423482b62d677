#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

std::string xml(const std::string& text) {
    return as_xml(without_commands(printable(text)));
}

std::string attribute(const std::string& name, const std::string& value) {
    std::string line = value;
    for (char& c : line) {
        if (c == '\n') c = ' ';
    }
    return " " + name + "=\"" + xml(line) + "\"";
}

// The test cases of one program, or of one chapter's answers.
struct Suite {
    std::string name;
    int points, max_points;
    int tests = 0, failures = 0, errors = 0;  // an error is the kit's
    std::string cases{};

    void add(const std::string& test, Verdict verdict, const std::string& message, const std::string& text) {
        ++tests;
        cases += "    <testcase" + attribute("classname", name) + attribute("name", test);
        if (verdict == Verdict::holds) {
            cases += "/>\n";
            return;
        }
        const bool error = verdict == Verdict::kit_failed;
        ++(error ? errors : failures);
        const std::string element = error ? "error" : "failure";
        cases += ">\n      <" + element + attribute("message", message) + ">" + xml(text) + "</" + element +
                 ">\n    </testcase>\n";
    }
    std::string counts() const {
        return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
               attribute("errors", std::to_string(errors));
    }
    std::string element() const {
        const std::string score = errors > 0 ? no_grade : std::to_string(points);
        return "  <testsuite" + attribute("name", name) + counts() + ">\n    <properties>\n      <property" +
               attribute("name", "points") + attribute("value", score) + "/>\n      <property" +
               attribute("name", "max_points") + attribute("value", std::to_string(max_points)) +
               "/>\n    </properties>\n" + cases + "  </testsuite>\n";
    }
};

Suite program_suite(const ProgramGrade& program) {
    Suite suite{program.chapter + "." + program.program, program.points(), program.max_points()};
    for (const CriterionGrade& criterion : program.criteria) {
        const std::string message = criterion.kit_failed() ? "THE KIT FAILED: " + criterion.failure
                                    : criterion.judged()   ? criterion.saw
                                                           : "not judged";
        suite.add(criterion.name, criterion.verdict, message, explanation(program, criterion));
    }
    return suite;
}

std::string below(const std::string& lines) {
    return lines.empty() ? "" : "\n" + lines;
}

// The answers of each chapter.
std::vector<Suite> answer_suites(const Grade& grade) {
    std::vector<Suite> suites;
    for (const AnswerGrade& answer : grade.answers) {
        const std::string name = answer.chapter + ".answers";
        if (suites.empty() || suites.back().name != name) suites.push_back({name, 0, 0});
        suites.back().points += answer.points;
        suites.back().max_points += answer.max_points;
        suites.back().add("question " + answer.question, answer.answered ? Verdict::holds : Verdict::fails,
                          "not answered", answers_file(answer) + " has no answer to it." + below(answer.remarks));
    }
    return suites;
}

}  // namespace

std::string junit_report(const Grade& grade) {
    Suite all{grade.complete() ? "kit grade" : "kit grade: THE KIT FAILED", grade.points(), grade.max_points()};
    std::string suites;
    const auto add = [&](const Suite& suite) {
        all.tests += suite.tests;
        all.failures += suite.failures;
        all.errors += suite.errors;
        suites += suite.element();
    };
    for (const ProgramGrade& program : grade.programs) add(program_suite(program));
    for (const Suite& suite : answer_suites(grade)) add(suite);
    if (!grade.remarks.empty())
        suites += "  <testsuite" + attribute("name", "remarks") + attribute("tests", "0") + attribute("failures", "0") +
                  attribute("errors", "0") + ">\n    <system-out>" + xml(all_remarks(grade)) +
                  "</system-out>\n  </testsuite>\n";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", all.name) + all.counts() +
           ">\n" + suites + "</testsuites>\n";
}
