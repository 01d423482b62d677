#include "grader/class/tables.hpp"

#include <nlohmann/json.hpp>

#include "grader/class/quoted_csv.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"

namespace {

using nlohmann::ordered_json;

constexpr const char* kit_failed = "kit failed";

bool is_graded(const Student& student) {
    return student.state == Student::State::graded;
}

const char* yes_or_nothing(bool is_so) {
    return is_so ? "yes" : "";
}

std::string cell_of(const CriterionGrade& criterion) {
    if (criterion.kit_failed()) return kit_failed;
    return criterion.judged() ? std::to_string(criterion.points) : "";
}

// What begins each row.
CsvRow who(const Student& student) {
    return {student.work.name, student.on_roster, student.id, state_of(student), yes_or_nothing(student.late),
            student.handed_in};
}
const CsvRow who_header = {"name", "on roster as", "id", "state", "late", "handed in"};

// The cells of one student, or as many empty ones.
CsvRow criteria_of(const Grade& grade, std::size_t columns) {
    CsvRow cells;
    for (const ProgramGrade& program : grade.programs)
        for (const CriterionGrade& criterion : program.criteria) cells.push_back(cell_of(criterion));
    for (const AnswerGrade& answer : grade.answers) cells.push_back(std::to_string(answer.points));
    cells.resize(columns);
    return cells;
}

CsvRow criteria_header(const ClassResults& results) {
    CsvRow cells;
    for (const ChapterEntry& chapter : results.chapters)
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise)
                for (const CriterionEntry& criterion : program.criteria)
                    cells.push_back(program.name + ": " + criterion.name);
    for (const ChapterEntry& chapter : results.chapters)
        for (const QuestionEntry& question : chapter.questions)
            cells.push_back(chapter.answers() + ": question " + question.number);
    return cells;
}

// The part of a grade that belongs to one chapter.
Grade of_chapter(const Grade& all, const ChapterEntry& chapter) {
    Grade part;
    for (const ProgramGrade& program : all.programs)
        if (program.chapter == chapter.id) part.programs.push_back(program);
    for (const AnswerGrade& answer : all.answers)
        if (answer.chapter == chapter.number()) part.answers.push_back(answer);
    return part;
}

std::string points_of(const Student& student, const Grade& grade) {
    if (!is_graded(student)) return "";
    return grade.complete() ? std::to_string(grade.points()) : kit_failed;
}

int most_points(const std::vector<ChapterEntry>& chapters) {
    int sum = 0;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) sum += program.points();
        for (const QuestionEntry& question : chapter.questions) sum += question.points;
    }
    return sum;
}

ordered_json student_json(const Student& student) {
    ordered_json json = {{"id", student.id},
                         {"name", student.work.name},
                         {"on_roster", student.on_roster},
                         {"from", student.from},
                         {"state", state_of(student)},
                         {"problem", student.problem},
                         {"handed_in", student.handed_in},
                         {"late", student.late}};
    ordered_json digests = ordered_json::object();
    for (const auto& [program, digest] : student.digests)
        digests[program] = {{"source", digest.source}, {"kit", digest.kit}};
    json["digests"] = std::move(digests);
    json["grade"] = is_graded(student) ? ordered_json::parse(json_report(student.work.grade)) : ordered_json(nullptr);
    return json;
}

void append(CsvRow& row, const CsvRow& more) {
    row.insert(row.end(), more.begin(), more.end());
}

}  // namespace

std::string state_of(const Student& student) {
    switch (student.state) {
        case Student::State::missing: return "missing";
        case Student::State::unreadable: return "unreadable";
        default: return student.work.grade.complete() ? "graded" : kit_failed;
    }
}

std::string class_csv(const ClassResults& results) {
    const CsvRow criteria = criteria_header(results);
    CsvRow header = who_header;
    append(header, criteria);
    std::string text = csv_row(header);
    for (const Student& student : results.students) {
        CsvRow row = who(student);
        append(row, criteria_of(student.work.grade, criteria.size()));
        text += csv_row(row);
    }
    return text;
}

std::string gradebook_csv(const ClassResults& results) {
    CsvRow header = who_header;
    for (const ChapterEntry& chapter : results.chapters) header.push_back(chapter.number());
    append(header, {"total", "max", "problem"});
    std::string text = csv_row(header);
    for (const Student& student : results.students) {
        CsvRow row = who(student);
        for (const ChapterEntry& chapter : results.chapters)
            row.push_back(points_of(student, of_chapter(student.work.grade, chapter)));
        append(row, {points_of(student, student.work.grade), std::to_string(most_points(results.chapters)),
                     student.problem});
        text += csv_row(row);
    }
    return text;
}

// A student at a time: all of them as one document would take several times their text.
std::string class_json(const ClassResults& results) {
    ordered_json chapters = ordered_json::array();
    for (const ChapterEntry& chapter : results.chapters) chapters.push_back(chapter.id);
    std::string text = "{\"version\": 1, \"graded\": " + ordered_json(results.graded).dump() +
                       ", \"chapters\": " + chapters.dump() + ", \"students\": [\n";
    for (std::size_t i = 0; i < results.students.size(); ++i)
        text += (i == 0 ? "" : ",\n") + json_text(student_json(results.students[i]));
    return text + "]}\n";
}
