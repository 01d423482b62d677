#include "grader/report/submitted.hpp"

#include "grader/judge/submission.hpp"
#include "ground/file.hpp"

Submitted read_submitted_work(const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters,
                              const std::string& name, const std::filesystem::path& root) {
    Submitted work;
    work.name = name;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            Text source = read_source(folder, chapter.source_of(program));
            if (source.ok) work.sources[program.name] = std::move(source.text);
        }
        if (chapter.questions.empty()) continue;
        const Text file = read_submitted(folder, chapter.answers());
        for (auto& [question, text] : answer_texts(chapter, file.text, read_if_there(root / chapter.answers())))
            if (!text.empty()) work.answers[question] = std::move(text);
    }
    return work;
}
