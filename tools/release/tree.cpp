#include "tools/release/tree.hpp"

#include <algorithm>
#include <stdexcept>

#include "ground/file.hpp"
#include "ground/text.hpp"
#include "tools/release/git.hpp"
#include "tools/release/links.hpp"

namespace fs = std::filesystem;

namespace {

bool begins_with(const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
}

bool is_markdown(const std::string& path) {
    return path.ends_with(".md");
}

// The instructor's alone. The README at the top is about all of it; students get one of their own.
bool is_kept_back(const std::string& path) {
    for (const char* const folder : {"solutions/", "selftest/", "release/", "tools/release/", ".ci/"})
        if (begins_with(path, folder)) return true;
    return path == "README.md" || path == "Instructors.md";
}

// "ch01" of answers/ch01.md and of all that is in labs/ch01_countdown/ and tests/ch01_countdown/; else "".
std::string chapter_of(const std::string& path) {
    for (const std::string folder : {"answers/", "labs/", "tests/"}) {
        if (!begins_with(path, folder + "ch")) continue;
        const std::string name = path.substr(folder.size());
        if (name.size() > 4 && (name[4] == '_' || name[4] == '.')) return name.substr(0, 4);
    }
    return "";
}

const ProgramEntry& first_program(const ChapterEntry& chapter, bool exercise) {
    for (const ProgramEntry& program : chapter.programs)
        if (program.exercise == exercise) return program;
    return chapter.programs.front();
}

// Each `first` becomes its `second`, in one pass: what was put in is not looked at again.
std::string replaced(const std::string& text, const std::vector<std::pair<std::string, std::string>>& words) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto word = std::find_if(words.begin(), words.end(), [&](const auto& each) {
            return text.compare(i, each.first.size(), each.first) == 0;
        });
        result += word == words.end() ? text.substr(i, 1) : word->second;
        i += word == words.end() ? 1 : word->first.size();
    }
    return result;
}

// The instructions show chapter 1. Where that is left out, they show the first chapter that is not.
std::string with_first(const std::string& text, const Blanks& blanks) {
    if (blanks.at("chapter") == "ch01") return text;
    return replaced(text, {{"countdown_threads_v1 --from 3 --tick 200ms", blanks.at("exercise")},
                           {"countdown_threads_v1", blanks.at("exercise")},
                           {"if two actors count down, it works", "if it is built and runs, all is well"},
                           {"countdown_sequential", blanks.at("program")},
                           {"ch01_countdown", blanks.at("chapter_folder")},
                           {"ch01", blanks.at("chapter")},
                           {"Count down in threads", "Do the first TODO"}});
}

std::string filled_in(const std::string& form, const Blanks& blanks, const std::string& file) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const auto& [name, value] : blanks) words.emplace_back("{{" + name + "}}", value);
    const std::string text = replaced(form, words);
    const std::size_t open = text.find("{{");  // one of GitHub's own has a blank after it
    if (open != std::string::npos && text.find("}}", open) != std::string::npos && text[open + 2] != ' ')
        throw std::runtime_error(file + ": nothing is known for " +
                                 text.substr(open, text.find("}}", open) + 2 - open));
    return text;
}

}  // namespace

Blanks blanks_of(const std::vector<ChapterEntry>& chapters) {
    Blanks blanks;
    const ChapterEntry& first = chapters.front();
    blanks["chapter"] = first.number();
    blanks["chapter_folder"] = first.id;
    blanks["program"] = first_program(first, false).name;
    blanks["exercise"] = first_program(first, true).name;
    for (const ChapterEntry& chapter : chapters) {
        std::string exercises;
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) exercises += (exercises.empty() ? "`" : ", `") + program.name + "`";
        blanks["chapters"] += "| [" + std::to_string(std::stoi(chapter.id.substr(2, 2))) + "  " + chapter.title +
                              "](labs/" + chapter.id + "/README.md) | " + exercises + " |\n";
    }
    return blanks;
}

Tree given_to_students(const fs::path& root, const std::vector<ChapterEntry>& chapters) {
    const auto is_chosen = [&](const std::string& number) {
        return std::any_of(chapters.begin(), chapters.end(), [&](const auto& each) { return each.number() == number; });
    };
    Tree tree;
    for (const TrackedFile& file : tracked_files(root)) {
        const std::string chapter = chapter_of(file.path);
        if (is_kept_back(file.path) || (!chapter.empty() && !is_chosen(chapter))) continue;
        if (!file.is_plain) throw std::runtime_error(file.path + ": is no plain file; releases have no others");
        tree[file.path] = {read_file(root / file.path), file.runs};
    }
    if (const auto instructions = tree.find("Instructions.md"); instructions != tree.end())
        instructions->second.text = with_first(instructions->second.text, blanks_of(chapters));
    const auto is_there = [&](const std::string& path) {
        const std::string folder = path.ends_with("/") ? path : path + "/";
        const auto inside = tree.lower_bound(folder);
        return tree.count(path) > 0 || (inside != tree.end() && begins_with(inside->first, folder));
    };
    for (auto& [path, handed] : tree)
        if (is_markdown(path)) handed.text = without_dead_links(handed.text, path, is_there);
    return tree;
}

void add_templates(Tree& tree, const fs::path& root, const std::string& name, const Blanks& blanks,
                   const std::string& below) {
    const std::string folder = "release/" + name + "/";
    for (const TrackedFile& file : tracked_files(root)) {
        if (!begins_with(file.path, folder)) continue;
        std::string path = below + file.path.substr(folder.size());
        std::string text = read_file(root / file.path);
        if (path.ends_with(".in")) {
            path.resize(path.size() - 3);
            text = filled_in(text, blanks, file.path);
        }
        tree[path] = {text, file.runs};
    }
}
