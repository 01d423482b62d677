#include "grader/report/submitted.hpp"

#include "grader/judge/submission.hpp"
#include "ground/answer.hpp"

Submitted read_submitted_work(const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters,
                              const std::string& name) {
    Submitted work;
    work.name = name;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            Text source = read_submitted(folder, chapter.source_of(program));
            if (source.ok) work.sources[program.name] = std::move(source.text);
        }
        if (chapter.questions.empty()) continue;
        const Text answers = read_submitted(folder, chapter.answers());
        for (const QuestionEntry& question : chapter.questions) {
            std::string text = answer_to(answers.text, question.number).text;
            if (!text.empty()) work.answers[{chapter.number(), question.number}] = std::move(text);
        }
    }
    return work;
}
