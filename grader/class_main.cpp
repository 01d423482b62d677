// ./kit class: grades a whole class, each student against this kit's criteria. Exit 0 when all was graded, 2 for usage,
// 3 when the kit could not grade, or could not judge some criteria of some students.
#include <sys/resource.h>

#include <algorithm>
#include <clocale>
#include <iostream>

#include "config.hpp"
#include "grader/class/class_work.hpp"
#include "grader/class/collect.hpp"
#include "grader/class/compare.hpp"
#include "grader/class/progress.hpp"
#include "grader/class/quoted_csv.hpp"
#include "grader/class/request.hpp"
#include "grader/class/tables.hpp"
#include "grader/contain/inherited.hpp"
#include "grader/contain/keeper.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/contain/scratch.hpp"
#include "grader/judge/grading.hpp"
#include "grader/judge/system_probe.hpp"
#include "grader/pages/pages.hpp"
#include "grader/report/report.hpp"
#include "ground/some_of.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

enum ExitCode { all_well = 0, wrong_usage = 2, kit_failed = 3 };

// What a person wants to know of a run, in the order of the list.
void tell(const std::string& what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::vector<std::string> lines;
    for (const std::string& name : names) lines.push_back(printable_line(name));
    std::cout << what << " (" << names.size() << "): " << some_of(lines, ", ", 30) << "\n";
}

void tell_attendance(const std::vector<HandedIn>& class_, const Attendance& attendance) {
    std::vector<std::string> late, unreadable;
    for (const HandedIn& one : class_) {
        const Student& student = one.student;
        if (student.late) late.push_back(student.work.name + ", " + student.handed_in);
        if (student.state == Student::State::unreadable)
            unreadable.push_back(student.work.name + ": " + student.problem);
    }
    tell("Missing", attendance.missing);
    tell("Not on the roster", attendance.unknown);
    tell("More than one submission", attendance.twice);
    tell("Late", late);
    if (unreadable.empty()) return;
    std::cout << "Cannot be read (" << unreadable.size() << "):\n";
    for (const std::string& one : unreadable) std::cout << "  " << printable_line(one) << "\n";
}

// Of this process and all that it waited for.
void tell_cost(std::size_t programs, std::size_t submissions, std::chrono::steady_clock::time_point begin) {
    rusage own = {}, others = {};
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &others);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + time.tv_usec / 1e6; };
    const double processor =
        seconds(own.ru_utime) + seconds(own.ru_stime) + seconds(others.ru_utime) + seconds(others.ru_stime);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    std::cout << "Time: " << rounded_time(passed.count()) << ", of processors " << rounded_time(processor);
    if (programs > 0)
        std::cout << ": " << amount_text(processor / static_cast<double>(programs)) << " s per program graded now, "
                  << amount_text(processor / static_cast<double>(submissions)) << " s per submission";
    std::cout << ". Memory: " << (own.ru_maxrss + 1023) / 1024 << " MiB, the largest process of a grading "
              << (others.ru_maxrss + 1023) / 1024 << " MiB.\n";
}

std::vector<std::string> settings() {
    std::vector<std::string> words = {configured_compiler_version, left_to_address_sanitizer};
    const auto add = [&words](const auto& more) { words.insert(words.end(), std::begin(more), std::end(more)); };
    add(configured_compiler);
    add(exercise_options);
    add(linker_options);
    add(played_options);
    add(beside_played);
    return words;
}

class ClassRun {
  public:
    explicit ClassRun(Request request) : request_(std::move(request)) {}

    int run() {
        if (writes_tables()) require_place();
        read();
        if (!request_.collect.empty()) return lay_out();
        grade();
        if (writes_tables()) write_results();
        else tell_part();
        tell_failures();
        const auto submissions = std::count_if(class_.begin(), class_.end(), [](const HandedIn& one) {
            return one.student.state == Student::State::graded;
        });
        tell_cost(graded_, static_cast<std::size_t>(submissions), begin_);
        return failures_.empty() ? all_well : kit_failed;
    }

  private:
    bool writes_tables() const { return request_.collect.empty() && request_.part.of == 1; }

    // Asked before the work begins: tables that nobody can write are told at once.
    void require_place() const {
        std::error_code error;
        fs::create_directories(request_.out, error);
        const std::string problem = error ? error.message() : why_not_writable(request_.out / "class.csv");
        if (!problem.empty()) throw UsageError("--out '" + request_.out.string() + "': " + problem);
    }

    void read() {
        class_ = read_all(request_.places, wanted_of(request_.chapters), fs::temp_directory_path());
        Attendance attendance;
        if (!request_.roster.empty()) attendance = compare_with_roster(class_, request_.roster);
        if (request_.due) mark_late(class_, *request_.due);
        give_ids(class_);
        tell_attendance(class_, attendance);
    }

    int lay_out() {
        const Collected collected = collect(class_, request_.chapters, kit_root, request_.collect);
        std::cout << "Collected " << collected.sources << " sources in " << printable_line(request_.collect)
                  << ", without " << collected.untouched << " starters that are as they were given out.\n"
                  << "./kit class --help says how to run JPlag and Dolos over them.\n";
        return all_well;
    }

    // What is there from before is taken; what is this part's and is not there is graded.
    void grade() {
        const Results kept(request_.results);
        KitDigest digest(kit_root, settings());
        units_ = units_of(class_, request_.chapters, digest);
        std::vector<NamedUnit> to_grade;
        for (const NamedUnit& one : units_) {
            if (request_.part.of > 1 && part_of(one.unit, request_.part.of) != request_.part.number) continue;
            if (auto result = kept.find(one.unit)) results_[one.unit.digest()] = std::move(*result);
            else to_grade.push_back(one);
        }
        from_before_ = results_.size();
        if (!to_grade.empty()) {
            require_system({kit_root, kit_build});
            const UnitGrading grading{
                {std::string(kit_build) + "/grader/grade"}, request_.jobs, fs::temp_directory_path()};
            GradedUnits done = grade_units(to_grade, grading, kept);
            graded_ = done.graded;
            failures_ = std::move(done.failures);
            results_.merge(done.results);
        }
        if (request_.forget) forget_others(kept);
    }

    void forget_others(const Results& kept) const {
        std::set<fs::path> used;
        for (const NamedUnit& one : units_) used.insert(kept.place_of(one.unit));
        std::cout << "Removed " << kept.forget_all_but(used) << " results that this run did not need.\n";
    }

    void write_results() {
        const ClassResults results = class_results(kit_root, class_, request_.chapters, units_, results_);
        write_report(request_.out / "class.csv", class_csv(results));
        write_report(request_.out / "gradebook.csv", gradebook_csv(results));
        write_report(request_.out / "class.json", class_json(results));
        write_pages(results, request_.out);
        if (!request_.compared.empty()) {
            const std::vector<GradeChange> changes = changes_since(request_.compared, results);
            write_report(request_.out / "compare.csv", changes_csv(changes));
            std::cout << "\n" << changes_table(changes) << "\n";
        }
        tell_counts(results);
        std::cout << "Written to " << printable_line(request_.out.string())
                  << ": index.html, class.csv, gradebook.csv, class.json"
                  << (request_.compared.empty() ? ".\n" : ", compare.csv.\n");
    }

    void tell_counts(const ClassResults& results) const {
        std::map<std::string, int> students;
        for (const Student& student : results.students) ++students[state_of(student)];
        std::cout << "Students: " << results.students.size();
        for (const auto& [state, count] : students) std::cout << ", " << count << " " << state;
        const auto late = std::count_if(results.students.begin(), results.students.end(),
                                        [](const Student& student) { return student.late; });
        if (request_.due) std::cout << ", " << late << " late";
        std::cout << ".\n";
        tell_units();
    }

    void tell_units() const {
        std::cout << "Programs: " << graded_ << " graded now, " << from_before_ << " from before, " << failures_.size()
                  << " that the kit could not judge. The same text counts once.\n";
    }

    void tell_part() const {
        std::cout << "Part " << request_.part.number << " of " << request_.part.of
                  << ": run ./kit class without --part "
                  << "for the tables, once all parts are graded.\n";
        tell_units();
    }

    void tell_failures() const {
        for (const std::string& failure : failures_)
            std::cerr << "kit: COULD NOT JUDGE " << without_commands(printable(failure)) << "\n";
        if (!failures_.empty())
            std::cerr << "kit: this is a failure of the kit, not of these submissions: they have no grade\n";
    }

    const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    const Request request_;
    std::vector<HandedIn> class_;
    std::vector<NamedUnit> units_;
    std::map<std::string, Result> results_;  // by the unit's digest
    std::vector<std::string> failures_;
    std::size_t graded_ = 0, from_before_ = 0;
};

int run(int argc, char** argv) {
    try {
        return ClassRun(request_from(argc, argv, {kit_root, kit_build})).run();
    } catch (const UsageError& error) {
        std::cerr << "kit: " << printable_line(error.what()) << "\n";
        return wrong_usage;
    } catch (const std::exception& error) {
        std::cerr << "kit: could not grade: " << printable_line(cause_of(error)) << "\n";
        return kit_failed;
    }
}

}  // namespace

int main(int argc, char** argv) {
    put_inherited_right();
    std::setlocale(LC_CTYPE, "C.UTF-8");  // names in zips
    std::error_code none;
    try {
        return kept({{fs::temp_directory_path(none), scratch_prefix}}, [&] { return run(argc, argv); });
    } catch (const std::exception& error) {
        std::cerr << "kit: could not grade: " << cause_of(error) << "\n";
        return kit_failed;
    }
}
