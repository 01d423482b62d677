#include "grader/class/taken.hpp"

#include <algorithm>

Wanted wanted_of(const std::vector<ChapterEntry>& chapters) {
    Wanted wanted;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) wanted.insert(chapter.source_of(program));
        if (!chapter.questions.empty()) wanted.insert(chapter.answers());
    }
    return wanted;
}

bool is_of_the_system(std::string_view name) {
    return name.empty() || name.front() == '.' || name == "__MACOSX";
}

std::optional<FoundFile> wanted_in(std::string path, const Wanted& wanted) {
    std::replace(path.begin(), path.end(), '\\', '/');
    while (path.rfind("./", 0) == 0) path.erase(0, 2);
    if (wanted.contains(path)) return FoundFile{"", path};
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const std::string folder = path.substr(0, slash), name = path.substr(slash + 1);
    if (is_of_the_system(folder) || !wanted.contains(name)) return std::nullopt;
    return FoundFile{folder, name};
}
