#include "grader/class/grade_units.hpp"

#include <unistd.h>

#include <mutex>
#include <stdexcept>

#include "grader/class/progress.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/contain/scratch.hpp"
#include "grader/judge/grading.hpp"
#include "grader/judge/work_queue.hpp"
#include "grader/report/report.hpp"
#include "ground/file.hpp"

namespace {

namespace fs = std::filesystem;

// Far longer than a grading may take: its own limits end it before.
constexpr int longest_unit = 60 * patience_seconds;

std::vector<std::string> own_environment() {
    std::vector<std::string> words;
    for (char** word = environ; *word; ++word) words.emplace_back(*word);
    return words;
}

std::string tail(const std::string& text) {
    return text.size() <= 600 ? text : "..." + text.substr(text.size() - 600);
}

struct Attempt {
    std::string report;   // "" where there is none
    std::string failure;  // of the kit; "" where the report is a grade
};

std::string how_it_ended(const Child& child, const std::optional<Ending>& ending) {
    if (!ending) return "./kit grade did not come to an end";
    if (*ending == Ending{false, 127}) return "./kit grade cannot be started";
    return "./kit grade " + describe(*ending) + ": " + tail(child.errors());
}

Attempt attempt(const GradingUnit& unit, const UnitGrading& grading) {
    const Scratch folder(grading.work, scratch_prefix);
    const fs::path source = folder.path() / "submission" / unit.chapter->source_of(*unit.program);
    fs::create_directories(source.parent_path());
    write_file(source, unit.source);
    const fs::path report = folder.path() / "report.json";
    std::vector<std::string> command = grading.grader;
    for (const std::string& word : {unit.program->name, std::string("--submission"),
                                    (folder.path() / "submission").string(), std::string("--json"), report.string()})
        command.push_back(word);
    Child child(command, own_environment(), Child::Out::pipe);
    const std::optional<Ending> ending = child.wait(longest_unit);
    Attempt made{read_if_there(report), ""};
    const bool is_grade = ending == Ending{false, 0} || ending == Ending{false, 1};
    if (!is_grade || made.report.empty()) made.failure = how_it_ended(child, ending);
    return made;
}

class UnitsGrading {
  public:
    UnitsGrading(const std::vector<NamedUnit>& units, const UnitGrading& grading, const KeptResults& kept)
        : units_(units), grading_(grading), kept_(kept), progress_("graded", units.size()) {}

    GradedUnits result() {
        {
            WorkQueue queue(grading_.jobs);
            for (const NamedUnit& one : units_) queue.add([this, &one] { grade(one, false); });
        }
        for (const NamedUnit* one : failed_) grade(*one, true);
        if (!cannot_keep_.empty()) throw std::runtime_error(cannot_keep_);
        return std::move(done_);
    }

  private:
    void grade(const NamedUnit& one, bool is_last_attempt) {
        Attempt made;
        UnitResult result;
        try {
            made = attempt(one.unit, grading_);
            if (!made.report.empty()) result = read(made.report);
            if (made.failure.empty() && !result.grade.complete()) made.failure = "some criteria were not judged";
        } catch (const std::exception& error) {
            made.failure = cause_of(error);
        }
        if (made.failure.empty()) keep(one.unit, made.report);
        const std::scoped_lock lock(critical_);
        if (!made.failure.empty() && !is_last_attempt) {
            failed_.push_back(&one);
            return;
        }
        progress_.one_more(one.unit.program->name + " of " + one.of);
        done_.graded += made.failure.empty() ? 1 : 0;
        if (!made.failure.empty()) note_failure(one, made, result);
        done_.results[one.unit.digest()] = std::move(result);
    }

    static UnitResult read(const std::string& report) {
        const Grade grade = grade_from_json(report);
        if (grade.programs.size() != 1) throw std::runtime_error("the report has another program than one");
        return {grade.programs.front(), grade.contained, std::time(nullptr)};
    }

    // Never a zero: where there is no report, all of its criteria were not judged.
    void note_failure(const NamedUnit& one, const Attempt& made, UnitResult& result) {
        done_.failures.push_back(one.unit.program->name + " of " + one.of + ": " + made.failure);
        if (result.grade.criteria.empty() || result.grade.complete())
            result.grade = nothing_known(*one.unit.chapter, *one.unit.program, made.failure);
    }

    void keep(const GradingUnit& unit, const std::string& report) {
        try {
            kept_.keep(unit, report);
        } catch (const std::exception& error) {
            const std::scoped_lock lock(critical_);
            cannot_keep_ = cause_of(error);
        }
    }

    const std::vector<NamedUnit>& units_;
    const UnitGrading& grading_;
    const KeptResults& kept_;
    Progress progress_;
    std::mutex critical_;
    GradedUnits done_;
    std::vector<const NamedUnit*> failed_;
    std::string cannot_keep_;
};

}  // namespace

GradedUnits grade_units(const std::vector<NamedUnit>& units, const UnitGrading& grading, const KeptResults& kept) {
    return UnitsGrading(units, grading, kept).result();
}
