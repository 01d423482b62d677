// Programs that grade the grader. Solutions earn every point and starters none of the exercises';
// right submissions, each in another style, lose no point; wrong ones lose the point that they name:
//
//   // Caught   both actors count at the same time
//   // Says     the program hangs
//   // Also     joins every thread
//
// Says, which may be left out, is a piece of what that criterion must say it saw. Also lists what else may fail: with
// --whole a wrong submission is judged by every criterion, and fails by no other.
//
// One that is written with a library that not every machine has names it, and is left out where it is not there:
//
//   // Needs    tbb
//
//   submissions solutions|starters|right|wrong [NAME] [--rounds N] [--criterion SENTENCE] [--whole] [--show]
//
// NAME picks a chapter, a program or a file. SENTENCE is the one criterion to judge, where only that has changed; programs
// that have no such one are left out, and wrong ones that name another. --show prints what each criterion saw. Exit 0
// when all is as it should be.
#include <algorithm>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <sstream>

#include "config.hpp"
#include "grader/contain/inherited.hpp"
#include "grader/judge/grading.hpp"
#include "grader/judge/system_probe.hpp"
#include "ground/caught.hpp"
#include "ground/command_line.hpp"
#include "ground/file.hpp"
#include "ground/given_code.hpp"

namespace {

namespace fs = std::filesystem;

struct Case {
    const ChapterEntry* chapter;
    const ProgramEntry* program;
    fs::path source;
};

std::string lost(const ProgramGrade& grade) {
    std::string text = grade.built ? "" : "  does not build: " + grade.build_error + "\n";
    for (const CriterionGrade& criterion : grade.criteria) {
        if (!grade.built || !criterion.judged() || criterion.passed()) continue;
        text += "  loses \"" + criterion.name + "\": " + criterion.saw + "\n";
    }
    return text;
}

// What is wrong with how this was graded; "" where it is as it should be.
std::string judge_right(const ProgramGraded& graded, const std::string& only) {
    if (only.empty() && graded.grade.points() == graded.grade.max_points()) return "";
    for (const CriterionGrade& criterion : graded.grade.criteria)
        if (criterion.name == only && criterion.passed()) return "";
    return lost(graded.grade);
}

std::string judge_starter(const ProgramGraded& graded) {
    if (!graded.grade.built) return lost(graded.grade);
    std::string text;
    bool fails_by_a_criterion = false;
    for (const CriterionGrade& criterion : graded.grade.criteria) {
        if (criterion.points > 0) text += "  earns \"" + criterion.name + "\"\n";
        fails_by_a_criterion = fails_by_a_criterion || (criterion.judged() && !criterion.passed());
    }
    if (!fails_by_a_criterion) text += "  fails no criterion\n";
    return text;
}

// Judged whole, a criterion may wait for one that it builds on: that one is then what catches the program.
std::string judge_wrong(const ProgramGraded& graded, const std::vector<Caught>& expected, bool whole) {
    if (!graded.grade.built) return lost(graded.grade);
    if (expected.empty()) return "  names no criterion: it needs a line \"// Caught   SENTENCE\"\n";
    std::string text;
    for (const auto& [name, words] : expected) {
        bool caught = false, known = false, judged = false, waits = false;
        std::string saw;
        for (const CriterionGrade& criterion : graded.grade.criteria) {
            if (criterion.name != name) continue;
            known = true;
            judged = criterion.judged();
            waits = whole && criterion.verdict == Verdict::waits;
            caught = criterion.judged() && !criterion.passed();
            saw = criterion.saw;
        }
        if (!known) text += "  there is no criterion \"" + name + "\"\n";
        else if (waits) continue;
        else if (!judged) text += "  \"" + name + "\" was not judged:\n" + lost(graded.grade);
        else if (!caught) text += "  \"" + name + "\" does not catch it\n";
        else if (saw.find(words) == std::string::npos) text += "  \"" + name + "\" saw: " + saw + "\n";
    }
    return text;
}

// The criteria that it fails and does not name.
std::string unexpected(const ProgramGrade& grade, const std::vector<Caught>& expected,
                       const std::vector<std::string>& also) {
    std::string text;
    for (const CriterionGrade& criterion : grade.criteria) {
        if (!criterion.judged() || criterion.passed() ||
            std::find(also.begin(), also.end(), criterion.name) != also.end() ||
            std::any_of(expected.begin(), expected.end(),
                        [&](const Caught& each) { return each.criterion == criterion.name; }))
            continue;
        text += "  also fails \"" + criterion.name + "\": " + criterion.saw + "\n";
    }
    return text;
}

std::string shown(const ProgramGrade& grade) {
    std::string text;
    for (const CriterionGrade& criterion : grade.criteria)
        if (criterion.judged())
            text +=
                (criterion.passed() ? "  passes \"" : "  fails \"") + criterion.name + "\": " + criterion.saw + "\n";
    return text;
}

// A library of labs/support that the submission is written with, and that its chapter is not linked with here; "".
std::string lacks(const Kit& kit, const Case& test) {
    const std::vector<std::string> linked = linked_with(kit.build, test.chapter->id);
    std::istringstream source(read_file(test.source));
    const std::string lead = "// Needs    ";
    for (std::string line; std::getline(source, line) && line.rfind("//", 0) == 0;) {
        if (line.rfind(lead, 0) != 0) continue;
        const std::string library = line.substr(lead.size());
        if (std::find(linked.begin(), linked.end(), "support_" + library) == linked.end()) return library;
    }
    return "";
}

class Suite {
  public:
    Suite(const std::string& kind, const std::string& criterion, bool whole, bool show)
        : kind_(kind), criterion_(criterion), whole_(whole), show_(show), manifest_(read_manifest(kit_.root)) {
        kit_.all_behind_preamble = kind == "right" || kind == "wrong";
    }

    std::vector<Case> cases(const std::string& name) const {
        std::vector<Case> found;
        for (const ChapterEntry& chapter : manifest_.chapters) {
            for (const ProgramEntry& program : chapter.programs) {
                if (!program.exercise || !is_asked(program)) continue;
                for (const fs::path& source : sources(chapter, program)) {
                    const bool wanted = name.empty() || name == chapter.id || name == chapter.number() ||
                                        name == program.name ||
                                        source.lexically_relative(kit_.root).string().find(name) != std::string::npos;
                    if (!wanted || !is_asked(source)) continue;
                    const Case test{&chapter, &program, source};
                    if (const std::string library = lacks(kit_, test); !library.empty())
                        std::cout << "left out: " << source.stem().string() << ", which needs " << library << "\n";
                    else found.push_back(test);
                }
            }
        }
        std::reverse(found.begin(),
                     found.end());  // Mostly a chapter's first programs are the quick ones: better to end with them.
        return found;
    }

    struct Outcome {
        std::string problem;  // "" where it is graded as it should be
        std::string shown;
    };

    Outcome judge(const Case& test) const {
        const std::string source = read_file(test.source);
        const std::vector<Caught> expected = kind_ == "wrong" ? caught_by(source) : std::vector<Caught>{};
        std::vector<std::string> criteria;
        for (const Caught& each : expected)
            if (!whole_) criteria.push_back(each.criterion);
        if (!criterion_.empty()) criteria = {criterion_};
        const ProgramGraded graded = grade_program(kit_, *test.chapter, *test.program, source, criteria);
        std::string text;
        for (const std::string& failure : graded.failures) text += "  the kit could not judge: " + failure + "\n";
        if (!text.empty()) return {text, ""};
        if (kind_ == "wrong") {
            text = judge_wrong(graded, expected, whole_);
            if (whole_) text += unexpected(graded.grade, expected, may_also_fail(source));
        } else {
            text = kind_ == "starters" ? judge_starter(graded) : judge_right(graded, criterion_);
        }
        return {text, show_ ? shown(graded.grade) : ""};
    }

  private:
    bool is_asked(const ProgramEntry& program) const {
        return criterion_.empty() ||
               std::any_of(program.criteria.begin(), program.criteria.end(),
                           [this](const CriterionEntry& each) { return each.name == criterion_; });
    }
    bool is_asked(const fs::path& source) const {
        if (criterion_.empty() || kind_ != "wrong") return true;
        const std::vector<Caught> expected = caught_by(read_file(source));
        return expected.size() == 1 && expected[0].criterion == criterion_;
    }

    std::vector<fs::path> sources(const ChapterEntry& chapter, const ProgramEntry& program) const {
        const fs::path file = fs::path(chapter.id) / (program.name + ".cpp");
        if (kind_ == "solutions") return {kit_.root / "solutions" / file};
        if (kind_ == "starters") return {kit_.root / "labs" / file};
        std::vector<fs::path> found;
        const fs::path folder = kit_.root / "selftest/submissions" / kind_ / chapter.id / program.name;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder, none)) found.push_back(entry.path());
        std::sort(found.begin(), found.end());
        return found;
    }

    Kit kit_{kit_root, kit_build};
    std::string kind_, criterion_;
    bool whole_, show_;
    Manifest manifest_;
};

int run(int argc, char** argv) {
    std::string kind, name, criterion;
    int rounds = 1;
    bool whole = false, show = false;
    CommandLine line(
        "usage: submissions solutions|starters|right|wrong [NAME] [--rounds N] [--criterion SENTENCE] [--whole] "
        "[--show]");
    line.required("KIND", kind, {"solutions", "starters", "right", "wrong"});
    line.name("NAME", name);
    line.count("--rounds", rounds);
    line.text("--criterion", "SENTENCE", criterion);
    line.flag("--whole", whole);
    line.flag("--show", show);
    line.parse(argc, argv);
    if (whole && kind != "wrong")
        throw UsageError("--whole is for wrong submissions; all others are always judged whole");

    require_system({kit_root, kit_build});
    const Suite suite(kind, criterion, whole, show);
    const std::vector<Case> cases = suite.cases(name);
    int failed = 0, passed = 0;
    for (int round = 1; round <= rounds; ++round) {
        std::mutex critical;
        std::size_t next = 0;
        const auto grade_what_remains = [&] {
            for (std::unique_lock lock(critical); next < cases.size();) {
                const Case& test = cases[next++];
                lock.unlock();
                const auto [text, shown] = suite.judge(test);
                lock.lock();
                ++(text.empty() ? passed : failed);
                if (!text.empty() || rounds == 1)
                    std::cout << (text.empty() ? "ok    " : "FAIL  ") << kind << " " << test.program->name << " "
                              << test.source.stem().string() << "\n"
                              << text << shown << std::flush;
            }
        };
        // A few at a time: enough to keep every processor busy.
        std::vector<std::future<void>> workers;
        for (int i = 0; i < 8; ++i) workers.push_back(std::async(std::launch::async, grade_what_remains));
        for (std::future<void>& worker : workers) worker.get();
        if (rounds > 1) std::cout << kind << ": round " << round << " of " << rounds << std::endl;
    }
    std::cout << kind << ": " << passed << " passed, " << failed << " failed\n";
    return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    put_inherited_right();
    try {
        return kept(leftovers({kit_root, kit_build}), [&] { return run(argc, argv); });
    } catch (const UsageError& error) {
        std::cerr << "submissions: " << error.what() << "\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "submissions: could not grade: " << error.what() << "\n";
        return 3;
    }
}
