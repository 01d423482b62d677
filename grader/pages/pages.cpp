#include "grader/pages/pages.hpp"

#include <stdexcept>
#include <system_error>

#include "grader/pages/data.hpp"
#include "grader/pages/shell.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw std::runtime_error(folder.string() + ": cannot be made: " + error.message());
}

std::string tab_title(const std::string& name) {
    constexpr std::size_t most = 60;
    return std::string(front_of(printable(name), most));
}

}  // namespace

std::string student_page(const Submitted& submitted, const fs::path& root) {
    return page_of(submitted.name.empty() ? "Report" : tab_title(submitted.name), student_script,
                   submitted_data(submitted, questions_in(root, submitted.grade)));
}

void write_pages(const ClassResults& results, const fs::path& folder, const fs::path& root) {
    for (const char* part : {"students", "questions"}) make_folder(folder / part);
    const Questions questions = questions_in(root, results.chapters);
    for (std::size_t i = 0; i < results.students.size(); ++i) {
        const Student& student = results.students[i];
        write_report(folder / page_of_student(student),
                     page_of(tab_title(student.work.name), student_script, student_data(results, i, questions)));
    }
    for (const ChapterEntry& chapter : results.chapters) {
        for (const QuestionEntry& question : chapter.questions)
            write_report(folder / page_of_question(chapter, question),
                         page_of("Question " + question.number + " of " + chapter.number(), question_script,
                                 question_data(results, chapter, question, questions)));
    }
    write_report(folder / "index.html", page_of("The class", class_script, class_data(results)));
}
