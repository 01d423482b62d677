#include "ground/manifest.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "ground/text.hpp"

namespace fs = std::filesystem;

std::vector<ChapterEntry> Manifest::select(const std::string& name) const {
    if (name.empty()) return chapters;
    for (const ChapterEntry& chapter : chapters) {
        if (name == chapter.id || name == chapter.number()) return {chapter};
        if (const ProgramEntry* program = chapter.find(name)) {
            ChapterEntry alone = chapter;
            alone.programs = {*program};
            return {alone};
        }
    }
    return {};
}

std::string Manifest::known_names() const {
    std::vector<std::string> names;
    for (const ChapterEntry& chapter : chapters) {
        names.push_back(chapter.number());
        for (const ProgramEntry& program : chapter.programs) names.push_back(program.name);
    }
    return list_of(names);
}

std::vector<std::string> Manifest::program_names(bool exercises_alone) const {
    std::vector<std::string> names;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (program.exercise || !exercises_alone) names.push_back(program.name);
        }
    }
    return names;
}

std::vector<fs::path> chapter_folders(const fs::path& root) {
    std::vector<fs::path> folders;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(root / "labs", none)) {
        const std::string name = entry.path().filename().string();
        if (name.substr(0, 2) == "ch" && fs::exists(entry.path() / "chapter.json")) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

void require_unique_names(const Manifest& manifest) {
    std::map<std::string, std::string> taken;  // by which file
    for (const ChapterEntry& chapter : manifest.chapters) {
        const auto [number, is_new] = taken.emplace(chapter.number(), chapter.file());
        if (!is_new) throw std::runtime_error(chapter.file() + ": has the number of " + number->second);
        for (const ProgramEntry& program : chapter.programs) {
            const auto [name, is_first] = taken.emplace(program.name, chapter.file());
            if (!is_first)
                throw std::runtime_error(chapter.file() + ", program \"" + program.name +
                                         "\": there is a program of that name already, in " + name->second);
        }
    }
}

Manifest read_manifest(const fs::path& root) {
    Manifest manifest;
    for (const fs::path& folder : chapter_folders(root)) manifest.chapters.push_back(read_chapter(folder));
    if (manifest.chapters.empty())
        throw std::runtime_error((root / "labs").string() +
                                 ": has no chapter: no folder chNN_topic with a chapter.json");
    require_unique_names(manifest);
    return manifest;
}
