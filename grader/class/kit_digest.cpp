#include "grader/class/kit_digest.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "grader/compile/kept.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;
using Chosen = std::function<bool(const fs::path&)>;  // of a name relative to the folder

bool is_text_for_people(const fs::path& file) {
    return file.extension() == ".md" || file.extension() == ".svg";
}

// Reports say what the engine found, and find nothing themselves.
bool is_engine(const fs::path& file) {
    const std::string room = file.begin()->string();
    return room != "report" && room != "class" && room != "pages" && room != "class_main.cpp" &&
           !is_text_for_people(file);
}

// Names and contents, in an order that is the same everywhere.
void add_files(Recipe& recipe, const fs::path& folder, const Chosen& chosen) {
    std::vector<fs::path> names;
    if (fs::is_directory(folder))
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.is_regular_file()) names.push_back(entry.path().lexically_relative(folder));
    std::sort(names.begin(), names.end());
    for (const fs::path& name : names) {
        if (!chosen(name)) continue;
        recipe.add(name.generic_string());
        recipe.add(read_file(folder / name));
    }
}

bool is_for_all(const fs::path& file) {
    return !is_text_for_people(file);
}

std::string digest_of_chapter(const fs::path& root, const ChapterEntry& chapter) {
    Recipe recipe;
    add_files(recipe, root / "tests" / chapter.id, is_for_all);
    add_files(recipe, root / "labs" / chapter.id, [&](const fs::path& file) {
        const ProgramEntry* program = chapter.find(file.stem().string());
        return file.extension() == ".hpp" || (file.extension() == ".cpp" && program && !program->exercise);
    });
    return digest_of(recipe.text());
}

// A point or a criterion that was changed in it concerns this program alone.
std::string entry_of(const fs::path& root, const ChapterEntry& chapter, const ProgramEntry& program) {
    const nlohmann::json whole = nlohmann::json::parse(read_file(root / chapter.file()));
    nlohmann::json kept = nlohmann::json::object();
    for (const char* key : {"libraries", "libraries_if_found", "servers", "server_arguments"})
        if (whole.contains(key)) kept[key] = whole.at(key);
    for (nlohmann::json entry : whole.at("programs")) {
        if (entry.at("name") != program.name) continue;
        for (const char* key : {"summary", "demo"}) entry.erase(key);
        kept["program"] = entry;
    }
    return kept.dump();
}

}  // namespace

KitDigest::KitDigest(fs::path root, const std::vector<std::string>& settings) : root_(std::move(root)) {
    Recipe recipe;
    add_files(recipe, root_ / "grader", is_engine);
    add_files(recipe, root_ / "ground", is_for_all);
    add_files(recipe, root_ / "labs/support", is_for_all);
    add_files(recipe, root_ / "tests/bench", is_for_all);
    for (const std::string& setting : settings) recipe.add(setting);
    shared_ = digest_of(recipe.text());
}

std::string KitDigest::of(const ChapterEntry& chapter, const ProgramEntry& program) {
    auto known = chapters_.find(chapter.id);
    if (known == chapters_.end()) known = chapters_.emplace(chapter.id, digest_of_chapter(root_, chapter)).first;
    Recipe recipe;
    recipe.add(shared_);
    recipe.add(known->second);
    recipe.add(entry_of(root_, chapter, program));
    return digest_of(recipe.text());
}
