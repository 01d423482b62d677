#include <algorithm>

#include "grader/pages/data.hpp"
#include "grader/pages/shown.hpp"
#include "grader/report/parts.hpp"

namespace {

using nlohmann::ordered_json;

const char* name_of(Student::State state) {
    switch (state) {
        case Student::State::graded: return "graded";
        case Student::State::missing: return "missing";
        default: return "unreadable";
    }
}

// A letter for each verdict: a class has some 50,000 of them.
char letter_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds: return 'h';
        case Verdict::fails: return 'f';
        case Verdict::waits: return 'w';
        default: return 'k';
    }
}

constexpr char not_graded = '-';

ordered_json number(bool complete, int points) {
    return complete ? ordered_json(points) : ordered_json(nullptr);
}

ordered_json program_column(const ChapterEntry& chapter, const ProgramEntry& program) {
    ordered_json criteria = ordered_json::array();
    for (const CriterionEntry& criterion : program.criteria)
        criteria.push_back({{"name", criterion.name}, {"points", criterion.points}});
    return {{"chapter", chapter.number()},
            {"title", program.name},
            {"max_points", program.points()},
            {"criteria", std::move(criteria)}};
}

ordered_json answers_column(const ChapterEntry& chapter) {
    ordered_json questions = ordered_json::array();
    int points = 0;
    for (const QuestionEntry& question : chapter.questions) {
        questions.push_back({{"name", "question " + question.number},
                             {"points", question.points},
                             {"href", page_of_question(chapter, question)}});
        points += question.points;
    }
    return {{"chapter", chapter.number()},
            {"title", "answers"},
            {"answers", true},
            {"max_points", points},
            {"criteria", std::move(questions)}};
}

// The columns of the heat map: programs, and after those of a chapter its answers.
ordered_json columns_of(const std::vector<ChapterEntry>& chapters) {
    ordered_json columns = ordered_json::array();
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) columns.push_back(program_column(chapter, program));
        if (!chapter.questions.empty()) columns.push_back(answers_column(chapter));
    }
    return columns;
}

ordered_json program_cell(const Grade& grade, const ChapterEntry& chapter, const ProgramEntry& program) {
    const auto graded = std::find_if(grade.programs.begin(), grade.programs.end(), [&](const ProgramGrade& one) {
        return one.chapter == chapter.id && one.program == program.name;
    });
    if (graded == grade.programs.end()) return nullptr;
    std::string verdicts;
    for (const CriterionEntry& criterion : program.criteria) {
        const auto found = std::find_if(graded->criteria.begin(), graded->criteria.end(),
                                        [&](const CriterionGrade& one) { return one.name == criterion.name; });
        verdicts += found == graded->criteria.end() ? not_graded : letter_of(found->verdict);
    }
    return {{"points", number(graded->complete(), graded->points())}, {"built", graded->built}, {"verdicts", verdicts}};
}

ordered_json answers_cell(const Grade& grade, const ChapterEntry& chapter) {
    std::string verdicts;
    int points = 0;
    for (const QuestionEntry& question : chapter.questions) {
        const auto found = std::find_if(grade.answers.begin(), grade.answers.end(), [&](const AnswerGrade& one) {
            return one.chapter == chapter.number() && one.question == question.number;
        });
        const bool graded = found != grade.answers.end();
        verdicts += !graded ? not_graded : found->answered ? 'h' : 'f';
        points += graded ? found->points : 0;
    }
    return {{"points", points}, {"built", true}, {"verdicts", verdicts}};
}

ordered_json cells_of(const Student& student, const std::vector<ChapterEntry>& chapters) {
    ordered_json cells = ordered_json::array();
    if (student.state != Student::State::graded) return cells;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) cells.push_back(program_cell(student.work.grade, chapter, program));
        if (!chapter.questions.empty()) cells.push_back(answers_cell(student.work.grade, chapter));
    }
    return cells;
}

ordered_json list_entry(const Student& student) {
    return {{"id", shown(student.id)},
            {"name", shown(student.work.name)},
            {"state", name_of(student.state)},
            {"problem", shown(student.problem)},
            {"from", shown(student.from)},
            {"handed_in", shown(student.handed_in)},
            {"late", student.late},
            {"href", page_of_student(student)}};
}

ordered_json reason_data(const Reason& reason) {
    return {{"chapter", reason.chapter},
            {"program", reason.program},
            {"criterion", shown(reason.criterion)},
            {"saw", shown(reason.saw)},
            {"varies", reason.varies},
            {"expected", shown(reason.expected)},
            {"why", shown(reason.why)},
            {"read", shown(reason.read)},
            {"students", reason.students},
            {"of", reason.of}};
}

int most_points(const std::vector<ChapterEntry>& chapters) {
    int points = 0;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) points += program.exercise ? program.points() : 0;
        for (const QuestionEntry& question : chapter.questions) points += question.points;
    }
    return points;
}

// "../" before the page of a neighbour in the list.
ordered_json link_to(const Student& student) {
    return {{"name", shown(student.work.name)}, {"href", "../" + page_of_student(student)}};
}

}  // namespace

std::string page_of_student(const Student& student) {
    return "students/" + file_name_of(student.id) + ".html";
}

std::string page_of_question(const ChapterEntry& chapter, const QuestionEntry& question) {
    return "questions/" + file_name_of(chapter.number() + "-" + question.number) + ".html";
}

ordered_json student_data(const ClassResults& results, std::size_t place, const Questions& questions) {
    const Student& student = results.students[place];
    ordered_json data = list_entry(student);
    if (student.state == Student::State::graded) data.update(submitted_data(student.work, questions));
    data["class"] = {{"href", "../index.html"}};
    if (place > 0) data["class"]["before"] = link_to(results.students[place - 1]);
    if (place + 1 < results.students.size()) data["class"]["after"] = link_to(results.students[place + 1]);
    return data;
}

ordered_json class_data(const ClassResults& results) {
    ordered_json students = ordered_json::array(), reasons = ordered_json::array();
    for (const Student& student : results.students) {
        ordered_json data = list_entry(student);
        const Grade& grade = student.work.grade;
        data["points"] = number(student.state == Student::State::graded && grade.complete(), grade.points());
        data["kit_failures"] = ordered_json::array();
        for (const std::string& failure : kit_failures(grade)) data["kit_failures"].push_back(shown(failure));
        data["cells"] = cells_of(student, results.chapters);
        students.push_back(std::move(data));
    }
    for (const Reason& reason : reasons_of(results)) reasons.push_back(reason_data(reason));
    return {{"graded", shown(results.graded)},
            {"max_points", most_points(results.chapters)},
            {"columns", columns_of(results.chapters)},
            {"students", std::move(students)},
            {"reasons", std::move(reasons)}};
}

ordered_json question_data(const ClassResults& results, const ChapterEntry& chapter, const QuestionEntry& question,
                           const Questions& questions) {
    const std::pair key(chapter.number(), question.number);
    const auto asked = questions.find(key);
    ordered_json answers = ordered_json::array();
    for (const Student& student : results.students) {
        if (student.state != Student::State::graded) continue;
        ordered_json data = list_entry(student);
        data["href"] = "../" + page_of_student(student);
        const auto text = student.work.answers.find(key);
        data["text"] = text == student.work.answers.end() ? "" : shown(text->second);
        answers.push_back(std::move(data));
    }
    return {{"graded", shown(results.graded)},
            {"key", chapter.number() + "-" + question.number},
            {"chapter", shown(chapter.heading())},
            {"question", question.number},
            {"points", question.points},
            {"asked", asked == questions.end() ? "" : shown(asked->second)},
            {"class", {{"href", "../index.html"}}},
            {"answers", std::move(answers)}};
}
