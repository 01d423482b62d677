#include "grader/judge/submission.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "ground/answer.hpp"
#include "ground/encoding.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 1024 * 1024;

bool inside(const fs::path& file, const fs::path& folder) {
    const fs::path relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

// A picture that an answers file shows: its own folder is answers/.
bool is_in_submission(const fs::path& folder, const std::string& target) {
    if (target.empty() || target.find('\0') != std::string::npos) return false;
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    const fs::path named = target[0] == '/' ? root / target.substr(1) : root / "answers" / target;
    const fs::path file = error ? fs::path() : fs::canonical(named, error);
    return !error && inside(file, root) && fs::is_regular_file(file, error);
}

Answers read_in(const ChapterEntry& chapter, const std::string& file, const std::string& given,
                const HasPicture& has_picture) {
    return read_answers(file, given.empty() ? file : given, chapter.questions, has_picture);
}

// As many as anybody reads.
std::vector<std::string> first_of(std::vector<std::string> remarks) {
    constexpr std::size_t most = 10;
    if (remarks.size() <= most) return remarks;
    const std::string more = "and " + std::to_string(remarks.size() - most) + " more remarks on this question";
    remarks.resize(most);
    remarks.push_back(more);
    return remarks;
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

Text read_source(const fs::path& folder, const std::string& name) {
    Text source = read_submitted(folder, name);
    const Decoded read = decoded_source(source.text);
    source.text = with_compilers_line_ends(read.text);
    if (!read.remark.empty()) source.remark = name + ": " + read.remark;
    return source;
}

AnswersGrade grade_answers(const ChapterEntry& chapter, const std::string& file, const std::string& given,
                           const fs::path& folder) {
    AnswersGrade grade;
    const auto remark = [&](const std::string& problem) {
        grade.remarks.push_back(chapter.answers() + ": " + problem);
        return grade.remarks.back();
    };
    const Answers read = read_in(chapter, file, given, [&](const std::string& target) {
        return folder.empty() || is_in_submission(folder, target);
    });
    for (const std::string& problem : read.remarks) remark(problem);
    for (const QuestionEntry& question : chapter.questions) {
        const Answer& answer = read.to.at(question.number);
        AnswerGrade& one = grade.answers.emplace_back();
        one = {chapter.number(), question.number, answer.answered, answer.answered ? question.points : 0,
               question.points};
        for (const std::string& problem : first_of(answer.remarks))
            one.remarks += (one.remarks.empty() ? "" : "\n") + remark(problem);
    }
    return grade;
}

std::map<std::pair<std::string, std::string>, std::string> answer_texts(const ChapterEntry& chapter,
                                                                        const std::string& file,
                                                                        const std::string& given) {
    std::map<std::pair<std::string, std::string>, std::string> texts;
    for (const auto& [question, answer] : read_in(chapter, file, given, [](const std::string&) { return true; }).to)
        texts[{chapter.number(), question}] = answer.text;
    return texts;
}
