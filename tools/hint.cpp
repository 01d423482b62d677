// ./kit hint: one more hint each time, from the concept to nearly the answer.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>

#include "ground/hints.hpp"
#include "tools/tool.hpp"

namespace {

namespace fs = std::filesystem;

// The chapter of that exercise.
const ChapterEntry* chapter_of(const Manifest& manifest, const std::string& name) {
    for (const ChapterEntry& chapter : manifest.chapters) {
        const ProgramEntry* program = chapter.find(name);
        if (program && program->exercise) return &chapter;
    }
    return nullptr;
}

// How many hints have been shown before; 0 where nobody remembers.
std::size_t shown_before(const fs::path& memory) {
    std::size_t count = 0;
    std::ifstream(memory) >> count;
    return count;
}

void remember(const fs::path& memory, std::size_t count) {
    std::error_code ignored;  // A hint is worth showing even where it cannot be remembered.
    fs::create_directories(memory.parent_path(), ignored);
    std::ofstream(memory) << count << '\n';
}

void show(const std::string& program, const std::vector<std::string>& hints, std::size_t first, std::size_t last,
          const Paint& paint) {
    for (std::size_t i = first; i <= last; ++i) {
        const std::string title = "Hint " + std::to_string(i) + " of " + std::to_string(hints.size());
        std::cout << paint("1", title) << '\n';
        for (const std::string& line : wrap(hints[i - 1], 76)) std::cout << "    " << line << '\n';
        std::cout << '\n';
    }
    if (last < hints.size()) {
        std::cout << "Not enough? ./kit hint " << program << '\n';
    } else {
        std::cout << "That was the last one. ./kit grade " << program << " tells how far you are.\n";
    }
}

int hint(int argc, char** argv) {
    std::string name;
    std::optional<int> up_to;
    bool all = false;
    const Manifest manifest = kit_manifest();
    const std::string programs = "PROGRAM is " + list_of(manifest.program_names(/*exercises_alone=*/true), "or");
    CommandLine line("usage: ./kit hint PROGRAM [N | --all], where " + programs);
    line.required("PROGRAM", name);
    line.number("N", up_to);
    line.flag("--all", all);
    line.never_both("N", "--all");
    line.parse(argc, argv);

    const ChapterEntry* chapter = chapter_of(manifest, name);
    if (!chapter) throw UsageError("there are no hints for '" + name + "'; " + programs);
    const std::vector<std::string> hints = read_hints(kit_root() / chapter->hints())[name];
    const std::size_t count = hints.size();
    if (up_to && (*up_to < 1 || static_cast<std::size_t>(*up_to) > count)) {
        throw UsageError("N must be from 1 to " + std::to_string(count) + ", the hints of " + name + ", not " +
                         std::to_string(*up_to));
    }
    if (count == 0) {
        std::cout << name << " has no hints yet. Read the chapter's README.\n";
        return 0;
    }
    const fs::path memory = kit_root() / "build/hints" / name;
    const std::size_t before = std::min(shown_before(memory), count);
    std::size_t first = 1, last = count;
    if (up_to) {
        last = static_cast<std::size_t>(*up_to);
    } else if (!all) {
        first = last = std::min(before + 1, count);
    }
    show(name, hints, first, last, terminal_paint());
    remember(memory, std::max(before, last));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("hint", hint, argc, argv);
}
