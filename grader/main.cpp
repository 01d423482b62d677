// ./kit grade: grades a submission and reports. Exit 0 when every criterion asked for holds (and with --answers, every
// question is answered), 1 when one does not, 2 for usage, 3 when the kit itself could not grade.
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "config.hpp"
#include "grader/contain/inherited.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/judge/grading.hpp"
#include "grader/judge/submission.hpp"
#include "grader/pages/pages.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/command_line.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

enum ExitCode { all_well = 0, criteria_failed = 1, wrong_usage = 2, kit_failed = 3 };

struct Format {
    const char* flag;
    std::string (*text)(const Submitted&);
};

template <std::string (*report)(const Grade&)>
std::string of_grade(const Submitted& submitted) {
    return report(submitted.grade);
}

std::string html_report(const Submitted& submitted) {
    return student_page(submitted);
}

const Format formats[] = {
    {"--json", of_grade<json_report>},
    {"--junit", of_grade<junit_report>},
    {"--classroom", of_grade<classroom_report>},
    {"--classroom50", of_grade<classroom50_report>},
    {"--gradescope", of_grade<gradescope_report>},
    {"--markdown", of_grade<markdown_report>},
    {"--annotations", of_grade<annotations_report>},
    {"--html", html_report},
};

struct Request {
    std::string what;
    std::string submission;
    bool answers = false;                      // an open answer fails, too
    std::map<std::string, std::string> files;  // by flag
};

Request parse(int argc, char** argv) {
    Request request;
    CommandLine line("see ./kit grade --help");
    line.name("WHAT", request.what);
    line.text("--submission", "DIR", request.submission);
    line.flag("--answers", request.answers);
    for (const Format& format : formats) line.text(format.flag, "FILE", request.files[format.flag]);
    line.parse(argc, argv);
    return request;
}

Grade alone(const Grade& all) {
    Grade grade;
    grade.contained = all.contained;
    return grade;
}

// What ./kit status shows later.
void keep_for_status(const fs::path& folder, const Grade& all) {
    fs::create_directories(folder);
    for (const ProgramGrade& program : all.programs) {
        Grade one = alone(all);
        one.programs = {program};
        write_report(folder / (program.program + ".json"), json_report(one));
    }
    std::map<std::string, Grade> answers;
    for (const AnswerGrade& answer : all.answers)
        answers.try_emplace(answer.chapter, alone(all)).first->second.answers.push_back(answer);
    for (const auto& [chapter, grade] : answers)
        write_report(folder / ("answers-" + chapter + ".json"), json_report(grade));
}

// What ./kit replay plays: of each program the first order that breaks it; none where none does any more.
void keep_for_replay(const fs::path& folder, const Grade& all, const fs::path& root) {
    fs::create_directories(folder);
    for (const ProgramGrade& program : all.programs) {
        const fs::path file = folder / (program.program + ".json");
        fs::remove(file);
        for (const CriterionGrade& criterion : program.criteria) {
            if (!criterion.order) continue;
            const std::string source = read_if_there(root / "labs" / program.chapter / (program.program + ".cpp"));
            write_report(file, explore::to_json({*criterion.order, criterion.name, digest_of(source)}));
            break;
        }
    }
}

// Asked before the work begins: a report that nobody can write is told at once.
void require_places(const Request& request) {
    for (const auto& [flag, file] : request.files) {
        const std::string problem = file.empty() ? "" : why_not_writable(file);
        if (!problem.empty()) throw UsageError(flag + " '" + file + "': " + problem);
    }
}

// The reasons stand in the report. This is for whoever sees stderr alone, and for those who look after the kit.
void tell_failures(const Graded& graded) {
    for (const std::string& failure : graded.failures)
        std::cerr << "kit: COULD NOT JUDGE " << without_commands(printable(failure)) << "\n";
    std::cerr << "kit: this is a failure of the kit, not of the submission: there is no grade\n";
}

// What a page calls a submission: its folder.
std::string name_of(const fs::path& folder) {
    const fs::path whole = fs::absolute(folder).lexically_normal();
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

bool all_hold(const Grade& grade, bool answers) {
    Grade asked_for = grade;
    if (!answers) asked_for.answers.clear();
    return everything_holds(asked_for);
}

int grade(const Request& request) {
    const Kit kit{kit_root, kit_build};
    const Manifest manifest = read_manifest(kit.root);
    std::vector<ChapterEntry> chapters = manifest.select(request.what);
    if (chapters.empty())
        throw UsageError("'" + request.what + "' is no chapter or program; there are " + manifest.known_names());
    // One program was asked for: its chapter's answers were not.
    if (chapters.size() == 1 && chapters[0].find(request.what)) {
        chapters[0].questions.clear();
        if (!chapters[0].programs[0].exercise)
            throw UsageError("'" + request.what + "' is given, complete: there is nothing in it to grade");
    }

    const bool own = request.submission.empty();
    require_places(request);
    const fs::path folder = own ? kit.root : fs::path(request.submission);
    // Before it is graded: a student may go on writing meanwhile.
    Submitted submitted = read_submitted_work(folder, chapters, own ? "" : name_of(folder), kit.root);
    const Graded graded = grade_submission(kit, folder, chapters);
    const bool colour = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
    std::cout << terminal_report(graded.grade, {{colour}, reads_utf8()}) << std::flush;
    submitted.grade = graded.grade;
    for (const Format& format : formats) {
        const std::string& file = request.files.at(format.flag);
        if (!file.empty()) write_report(file, format.text(submitted));
    }
    if (!graded.failures.empty() || !graded.grade.complete()) {
        tell_failures(graded);
        return kit_failed;
    }
    if (own) keep_for_status(kit.build / "grade/last", graded.grade);
    if (own) keep_for_replay(kit.build / "grade/orders", graded.grade, kit.root);
    return all_hold(graded.grade, request.answers) ? all_well : criteria_failed;
}

int run(int argc, char** argv) {
    try {
        return grade(parse(argc, argv));
    } catch (const UsageError& error) {
        std::cerr << "kit: " << error.what() << "\n";
        return wrong_usage;
    } catch (const std::exception& error) {
        std::cerr << "kit: could not grade: " << cause_of(error) << "\n";
        return kit_failed;
    }
}

}  // namespace

int main(int argc, char** argv) {
    put_inherited_right();
    try {
        return kept(leftovers({kit_root, kit_build}), [&] { return run(argc, argv); });
    } catch (const std::exception& error) {
        std::cerr << "kit: could not grade: " << cause_of(error) << "\n";
        return kit_failed;
    }
}
