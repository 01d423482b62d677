#include "grader/class/class_work.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "grader/class/progress.hpp"
#include "grader/class/quoted_csv.hpp"
#include "grader/class/times.hpp"
#include "grader/judge/grading.hpp"
#include "grader/judge/work_queue.hpp"
#include "ground/encoding.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"

namespace {

constexpr int readers = 4;

using Key = std::tuple<std::string, std::string>;  // the program, and what the student wrote

// The letters and digits of a name that are such in every file system and every URL.
std::string safe(const std::string& name) {
    std::string letters;
    for (const char c : in_lower_case(name)) {
        if (letters.size() == 30) break;
        if (std::isalnum(static_cast<unsigned char>(c))) letters += c;
        else if (!letters.empty() && letters.back() != '-') letters += '-';
    }
    while (!letters.empty() && letters.back() == '-') letters.pop_back();
    return letters;
}

Text file_of(const Taken& taken, const std::string& name) {
    const auto found = taken.files.find(name);
    return found == taken.files.end() ? Text{false, "", name + " is not there"} : found->second;
}

class Filling {
  public:
    Filling(const std::filesystem::path& kit, const std::vector<NamedUnit>& units,
            const std::map<std::string, UnitResult>& results)
        : kit_(kit), results_(results) {
        for (const NamedUnit& one : units) units_[{one.unit.program->name, one.unit.source}] = &one.unit;
    }

    void fill(Student& student, const Taken& taken, const std::vector<ChapterEntry>& chapters) {
        for (const ChapterEntry& chapter : chapters) {
            for (const ProgramEntry& program : chapter.programs)
                if (program.exercise) fill_program(student, taken, chapter, program);
            fill_answers(student.work, taken, chapter);
        }
    }

    std::time_t latest() const { return latest_; }

  private:
    void fill_program(Student& student, const Taken& taken, const ChapterEntry& chapter, const ProgramEntry& program) {
        Grade& grade = student.work.grade;
        const Text source = file_of(taken, chapter.source_of(program));
        if (!source.ok) {
            grade.programs.push_back(nothing_to_judge(chapter, program, source.problem));
            return;
        }
        student.work.sources[program.name] = decoded_source(source.text).text;
        const GradingUnit& unit = *units_.at({program.name, source.text});
        student.digests[program.name] = {digest_of(source.text), unit.kit};
        const auto found = results_.find(unit.digest());
        if (found == results_.end()) {
            grade.programs.push_back(nothing_known(chapter, program, "it was not graded"));
            return;
        }
        const UnitResult& result = found->second;
        if (!result.contained.empty()) grade.contained = result.contained;
        latest_ = std::max(latest_, result.time);
        grade.programs.push_back(result.grade);
    }

    void fill_answers(Submitted& work, const Taken& taken, const ChapterEntry& chapter) const {
        if (chapter.questions.empty()) return;
        const Text file = file_of(taken, chapter.answers());
        const std::string given = read_if_there(kit_ / chapter.answers());
        const auto [answers, remarks] = grade_answers(chapter, file.text, given);
        for (const AnswerGrade& answer : answers) work.grade.answers.push_back(answer);
        if (!file.ok) work.grade.remarks.push_back(file.problem);
        else work.grade.remarks.insert(work.grade.remarks.end(), remarks.begin(), remarks.end());
        for (auto& [question, text] : answer_texts(chapter, file.text, given))
            if (!text.empty()) work.answers[question] = std::move(text);
    }

    const std::filesystem::path& kit_;
    const std::map<std::string, UnitResult>& results_;
    std::map<Key, const GradingUnit*> units_;
    std::time_t latest_ = 0;
};

}  // namespace

std::vector<HandedIn> read_all(const std::vector<Place>& places, const Wanted& wanted,
                               const std::filesystem::path& work) {
    std::vector<HandedIn> class_(places.size());
    Progress progress("read", places.size());
    WorkQueue queue(readers);
    for (std::size_t i = 0; i < places.size(); ++i) {
        queue.add([&, i] {
            const Place& place = places[i];
            Student& student = class_[i].student;
            student.work.name = place.name;
            student.from = place.from;
            class_[i].taken = read_place(place, wanted, work);
            student.problem = class_[i].taken.problem;
            if (!student.problem.empty()) student.state = Student::State::unreadable;
            if (const auto time = class_[i].taken.time) student.handed_in = in_utc(*time);
            progress.one_more(place.name);
        });
    }
    queue.finish();
    return class_;
}

Attendance compare_with_roster(std::vector<HandedIn>& class_, const std::vector<Enrolled>& roster) {
    Attendance attendance;
    std::vector<int> submissions(roster.size());
    for (HandedIn& one : class_) {
        const auto row = enrolled_as(roster, one.student.work.name);
        if (!row) {
            attendance.unknown.push_back(one.student.work.name);
            continue;
        }
        one.student.work.name = roster[*row].name;
        one.student.on_roster = roster[*row].keys.front();
        if (++submissions[*row] == 2) attendance.twice.push_back(roster[*row].name);
    }
    for (std::size_t row = 0; row < roster.size(); ++row) {
        if (submissions[row] > 0) continue;
        HandedIn missing;
        missing.student.state = Student::State::missing;
        missing.student.work.name = roster[row].name;
        missing.student.on_roster = roster[row].keys.front();
        class_.push_back(missing);
        attendance.missing.push_back(roster[row].name);
    }
    return attendance;
}

void mark_late(std::vector<HandedIn>& class_, std::time_t due) {
    for (HandedIn& one : class_) one.student.late = one.taken.time && *one.taken.time > due;
}

void give_ids(std::vector<HandedIn>& class_) {
    const std::size_t width = std::max<std::size_t>(3, std::to_string(class_.size()).size());
    for (std::size_t i = 0; i < class_.size(); ++i) {
        const std::string number = std::to_string(i + 1), name = safe(class_[i].student.work.name);
        class_[i].student.id = std::string(width - number.size(), '0') + number + (name.empty() ? "" : "-" + name);
    }
}

std::vector<NamedUnit> units_of(const std::vector<HandedIn>& class_, const std::vector<ChapterEntry>& chapters,
                                KitDigest& digest) {
    std::vector<NamedUnit> units;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            const std::string kit = digest.of(chapter, program);
            std::map<std::string, std::size_t> known;  // by source: its place
            for (const HandedIn& one : class_) {
                const Text source = file_of(one.taken, chapter.source_of(program));
                if (!source.ok) continue;
                const auto [place, is_new] = known.emplace(source.text, units.size());
                const std::string& name = one.student.work.name;
                if (is_new) units.push_back({{&chapter, &program, source.text, kit}, name});
                else if (units[place->second].of.size() < 60) units[place->second].of += ", " + name;
            }
        }
    }
    return units;
}

ClassResults class_results(const std::filesystem::path& kit, const std::vector<HandedIn>& class_,
                           const std::vector<ChapterEntry>& chapters, const std::vector<NamedUnit>& units,
                           const std::map<std::string, UnitResult>& results) {
    ClassResults shown;
    shown.chapters = chapters;
    Filling filling(kit, units, results);
    for (const HandedIn& one : class_) {
        Student student = one.student;
        if (student.state == Student::State::graded) filling.fill(student, one.taken, chapters);
        shown.students.push_back(std::move(student));
    }
    shown.graded = in_utc(filling.latest() > 0 ? filling.latest() : std::time(nullptr));
    return shown;
}
