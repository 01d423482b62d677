// A class for the pages' tests: every verdict, every state, and students whose every text is hostile.
//
//   pages_sample FOLDER [STUDENTS]
//
// Writes the pages of that class into FOLDER, and the page of one grading as FOLDER/grading.html.
#include <cstdlib>
#include <iostream>
#include <string>

#include "grader/pages/pages.hpp"
#include "grader/report/report.hpp"
#include "ground/manifest.hpp"

namespace {

// What would run, close, load or hide something if a page took it for more than text. A script sets window.pwned.
const std::string hostile =
    "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=2\"><svg onload=window.pwned=3>"
    "\"'><a href=\"javascript:window.pwned=4\">x</a> &lt;b&gt; <!-- ]]> ${window.pwned=5} \\u003c"
    "\x1b[31m \xe2\x80\xaeright to left\xe2\x80\xac \xe2\x80\xa8 \xff\xfe " +
    std::string(1, '\0') + "<base href=\"http://127.0.0.1:1/\"><link rel=stylesheet href=\"http://127.0.0.1:1/x.css\">";

const std::string source =
    "// Chapter 5: A bounded queue\n\n#include <mutex>\n#include <queue>\n\n"
    "class BoundedQueue {\n  public:\n\tvoid put(int item) {\n\t\tstd::unique_lock lock(mutex_);\n"
    "\t\tnot_full_.wait(lock, [&] { return items_.size() < capacity_; });\n\t\titems_.push(item);\n"
    "\t\tlock.unlock();\n\t\tnot_empty_.notify_one();\n\t}\n\n\tvoid close() {\n\t\tclosed_ = true;\n"
    "\t\tnot_empty_.notify_all();\n\t}\n\n\tint take() {\n\t\tstd::unique_lock lock(mutex_);\n"
    "\t\tnot_empty_.wait(lock, [&] { return closed_ || !items_.empty(); });\n\t\treturn 0;\n\t}\n};\n\nint main() {}\n";

explore::History history() {
    using explore::Lane;
    using explore::Weight;
    explore::History history;
    history.threads = {"main", "C1", "P1"};
    const Lane there{true, false, false}, waits{true, true, false}, holds{true, false, true};
    history.rows = {
        {0, "starts C1", 30, "crew.emplace_back(consume);", 3, false, Weight::some, {1}, 0, false, {there, there, {}}},
        {0,
         "starts P1",
         31,
         "crew.emplace_back(produce);",
         3,
         false,
         Weight::some,
         {2},
         3,
         false,
         {there, there, there}},
        {1,
         "is held up before it waits",
         22,
         "not_empty_.wait(lock, ...",
         0,
         true,
         Weight::much,
         {},
         6,
         false,
         {waits, holds, there}},
        {2,
         "notifies, but no thread waits",
         18,
         "not_empty_.notify_all();",
         1,
         false,
         Weight::key,
         {},
         7,
         true,
         {waits, holds, there}},
        {1,
         "waits, and gives the lock back",
         22,
         "not_empty_.wait(lock, ...",
         1,
         false,
         Weight::key,
         {},
         8,
         false,
         {waits, waits, {}}},
    };
    history.verdict = "the program hangs: main waits in join for C1; C1 waits to be woken at bounded_queue.cpp:23";
    history.decision = "From there on every order breaks.";
    history.schedule = "main C1 P1*4 C1";
    return history;
}

CriterionGrade judged(const CriterionEntry& entry, bool holds) {
    CriterionGrade grade{entry.name,
                         holds ? Verdict::holds : Verdict::fails,
                         holds ? entry.points : 0,
                         entry.points,
                         "2 producers and 2 consumers: the program had that many threads",
                         "",
                         "",
                         ""};
    if (holds) return grade;
    grade.expected =
        "a thread that waits looks again after every wake-up, and a notify reaches a thread that can go on";
    grade.why = "between a notify and the moment when the woken thread has the lock, other threads may overtake it";
    grade.read = "labs/ch05_shared_memory/README.md#step-4";
    return grade;
}

CriterionGrade not_judged(const CriterionEntry& entry, Verdict verdict, const std::string& waits_for,
                          const std::string& failure) {
    return {entry.name, verdict, 0, entry.points, "", "", "", "", waits_for, failure};
}

enum class Kind { right, hangs, races, does_not_build, kit_fails, hostile };

// What the criterion at `place` of a program earns a student of this kind.
CriterionGrade criterion(const CriterionEntry& entry, std::size_t place, Kind kind, std::size_t student,
                         const std::string& program) {
    if (kind == Kind::does_not_build) return not_judged(entry, Verdict::waits, "", "");
    if (kind == Kind::kit_fails && place == 2)
        return not_judged(entry, Verdict::kit_failed, "",
                          "the scratch folder is full: make room in /tmp, then grade again");
    if (kind == Kind::hangs && entry.build == "explored") {
        CriterionGrade grade = judged(entry, false);
        grade.saw = "the program hangs: main waits in join for C" + std::to_string(1 + student % 2) +
                    "; it waits to be woken at " + program + ".cpp:23 (with --capacity 1, in the order main C1 P1)";
        grade.schedule = "main C1 P1*4 C1";
        grade.history = history();
        return grade;
    }
    if (kind == Kind::hangs && entry.build == "thread")
        return not_judged(entry, Verdict::waits, "is right in whatever order its threads are moved", "");
    if (kind == Kind::races && (entry.build == "thread" || place == 1)) {
        CriterionGrade grade = judged(entry, false);
        grade.saw = "SUMMARY: ThreadSanitizer: data race " + program + ".cpp:" + std::to_string(11 + student % 5) +
                    " in BoundedQueue::put(int)";
        return grade;
    }
    if (kind == Kind::hostile && place == 1) {
        CriterionGrade grade = judged(entry, false);
        grade.saw = "the last line is \"" + hostile + "\" (" + program + ".cpp:2)";
        return grade;
    }
    return judged(entry, true);
}

Submitted submitted(const std::string& name, Kind kind, std::size_t student,
                    const std::vector<ChapterEntry>& chapters) {
    Submitted work;
    work.name = name;
    work.grade.contained = "bubblewrap";
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            const bool broken = (student + program.name.size()) % 3 != 1;  // not each program of a student's
            const Kind here = broken || kind == Kind::hostile ? kind : Kind::right;
            ProgramGrade grade{chapter.id, program.name, here != Kind::does_not_build, "", {}};
            if (!grade.built)
                grade.build_error = program.name +
                                    ".cpp:9:26: error: 'mutex_' was not declared in this scope\n    9 | "
                                    "\t\tstd::unique_lock lock(mutex_);\n      |                       "
                                    "   ^~~~~~";
            for (std::size_t i = 0; i < program.criteria.size(); ++i)
                grade.criteria.push_back(criterion(program.criteria[i], i, here, student, program.name));
            work.grade.programs.push_back(std::move(grade));
            work.sources[program.name] =
                kind == Kind::hostile ? hostile + "\r\nint main() {} // " + hostile + "\n" : source;
        }
        for (const QuestionEntry& question : chapter.questions) {
            const bool answered = student % 4 != 3 || question.number == "1";
            work.grade.answers.push_back(
                {chapter.number(), question.number, answered, answered ? question.points : 0, question.points});
            if (!answered) continue;
            work.answers[{chapter.number(), question.number}] =
                kind == Kind::hostile ? hostile
                                      : "The lines of one actor keep their order; those of two actors do not.\n\n"
                                        "I ran it twice:\n  Alice 3, Bob 3, Alice 2\n  Bob 3, Alice 3, Bob 2";
        }
    }
    if (kind == Kind::hostile) work.grade.remarks.push_back("answers/ch01.md: " + hostile);
    return work;
}

ClassResults sample(std::size_t count, const std::vector<ChapterEntry>& chapters) {
    const char* names[] = {"Ada Lovelace", "Edsger Dijkstra",   "Tony Hoare",      "Barbara Liskov", "Leslie Lamport",
                           "Grace Hopper", "Per Brinch Hansen", "Maurice Herlihy", "Nancy Lynch"};
    const Kind kinds[] = {Kind::right,          Kind::hangs, Kind::hangs, Kind::races,
                          Kind::does_not_build, Kind::hangs, Kind::races, Kind::right};
    ClassResults results;
    results.chapters = chapters;
    results.graded = "2026-11-28T10:15:00Z";
    for (std::size_t i = 0; i < count; ++i) {
        Student student;
        const std::string number = std::to_string(1000 + i).substr(1);
        student.id = number + "-student";
        student.from = "submissions/" + number;
        student.handed_in = "2026-11-27T2" + std::to_string(i % 4) + ":15:00Z";
        student.late = i % 6 == 5;
        std::string name = names[i % std::size(names)];
        if (i >= std::size(names)) name += " " + std::to_string(1 + i / std::size(names));
        student.work.name = name;
        if (i % 12 == 8) {
            student.state = Student::State::missing;
            student.handed_in.clear();
        } else if (i % 12 == 9) {
            student.state = Student::State::unreadable;
            student.problem = "the zip ends in the middle of a file: ask for it again";
        } else if (i == 10) {
            student.id = "../../<img src=x onerror=\"window.pwned=6\">";
            student.from = hostile;
            student.work = submitted("Mallory " + hostile, Kind::hostile, i, chapters);
        } else {
            student.work = submitted(name, i == 11 ? Kind::kit_fails : kinds[i % std::size(kinds)], i, chapters);
        }
        results.students.push_back(std::move(student));
    }
    return results;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: pages_sample FOLDER [STUDENTS]\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const std::size_t count = argc > 2 ? std::stoul(argv[2]) : 14;
    const std::vector<ChapterEntry> all = read_manifest(kit_root).chapters;
    std::vector<ChapterEntry> chapters;  // two are enough for a small class
    for (const ChapterEntry& chapter : all)
        if (count > 14 || chapter.number() == "ch01" || chapter.number() == "ch05") chapters.push_back(chapter);
    const ClassResults results = sample(count, chapters);
    write_pages(results, folder);
    write_report(folder / "grading.html", student_page(results.students[1].work));
    return 0;
}
