#include "grader/judge/submission.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "ground/answer.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 1024 * 1024;

bool inside(const fs::path& file, const fs::path& folder) {
    const fs::path relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

void require_submission(const fs::path& folder, const std::vector<ChapterEntry>& chapters) {
    const std::string name = "'" + folder.string() + "'";
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status)) throw UsageError("--submission " + name + ": there is no such folder");
    if (!fs::is_directory(status)) throw UsageError("--submission " + name + ": is not a folder");
    fs::directory_iterator(folder, error);
    if (error) throw UsageError("--submission " + name + ": cannot be read: " + error.message());
    std::string wanted;
    for (const ChapterEntry& chapter : chapters) {
        if (fs::exists(folder / "labs" / chapter.id, error) || fs::exists(folder / chapter.answers(), error)) return;
        wanted += (wanted.empty() ? "labs/" : " or labs/") + chapter.id;
    }
    throw UsageError("--submission " + name + ": is not a submission: it has no " + wanted);
}

Text read_submitted(const fs::path& folder, const std::string& name) {
    const auto problem = [&](const std::string& what) { return Text{false, "", name + " " + what}; };
    try {
        const fs::path root = fs::canonical(folder);
        std::error_code error;
        const fs::file_status link = fs::symlink_status(root / name, error);
        if (!fs::exists(link)) return problem("is not there");
        const fs::path file = fs::canonical(root / name, error);
        if (error) return problem("is a link that leads nowhere");
        if (!inside(file, root)) return problem("is a link that leads out of the submission: it is not followed");
        if (!fs::is_regular_file(file)) return problem("is not a file");
        if (fs::file_size(file) > most_bytes) return problem("is larger than 1 MiB");
        std::ifstream in(file, std::ios::binary);
        std::ostringstream text;
        if (fs::file_size(file) > 0) text << in.rdbuf();
        if (!in || !text) return problem("cannot be read");
        return Text{true, text.str(), ""};
    } catch (const std::exception& error) {
        return problem(std::string("cannot be read: ") + error.what());
    }
}

AnswersGrade grade_answers(const ChapterEntry& chapter, const std::string& file) {
    AnswersGrade grade;
    const auto remark = [&](const std::string& problem) {
        grade.remarks.push_back(chapter.answers() + ": " + problem);
    };
    const std::string whole_file = unreadable(file);
    if (!whole_file.empty()) remark(whole_file);
    for (const QuestionEntry& question : chapter.questions) {
        const Answer answer = answer_to(file, question.number);
        const bool answered = !answer.text.empty();
        const int points = answered ? question.points : 0;
        grade.answers.push_back({chapter.number(), question.number, answered, points, question.points});
        if (whole_file.empty() && !answer.problem.empty()) remark(answer.problem);
    }
    return grade;
}

std::map<std::pair<std::string, std::string>, std::string> answer_texts(const ChapterEntry& chapter,
                                                                        const std::string& file) {
    std::map<std::pair<std::string, std::string>, std::string> texts;
    for (const QuestionEntry& question : chapter.questions)
        texts[{chapter.number(), question.number}] = answer_to(file, question.number).text;
    return texts;
}
