#include "tools/played_program.hpp"

#include <cstring>

#include "grader/contain/inherited.hpp"
#include "grader/explore/story.hpp"
#include "grader/judge/grading.hpp"
#include "tools/tool.hpp"

namespace fs = std::filesystem;

namespace {

Kit kit() {
    return {kit_root(), kit_root() / "build"};
}

// As its criterion is built that moves it.
Flavour explored_way_of(const ProgramEntry& program) {
    for (const CriterionEntry& criterion : program.criteria)
        if (criterion.build == name_of(Flavour::explored_trial)) return Flavour::explored_trial;
    return Flavour::explored;
}

}  // namespace

PlayedProgram played_program(const std::string& name, const fs::path& file) {
    const Manifest manifest = kit_manifest();
    for (const ChapterEntry& chapter : manifest.chapters) {
        const ProgramEntry* entry = chapter.find(name);
        if (!entry || !entry->exercise) continue;
        require_built(chapter);
        const std::string place = chapter.source_of(*entry);
        PlayedProgram program{name, read_file(file.empty() ? kit_root() / place : file), {}, entry->small_plan};
        const Built built = build(kit(), place, program.source, explored_way_of(*entry));
        if (!built.ok) throw std::runtime_error(name + " cannot be built to be moved step by step:\n" + built.error);
        if (!built.silenced.empty())
            throw std::runtime_error(name + " has " + built.silenced + ": what is hidden cannot be moved");
        program.executable = built.executable;
        return program;
    }
    throw UsageError((name.empty() ? "no program named" : "there is no exercise " + name) + "; there are " +
                     list_of(manifest.program_names(/*exercises_alone=*/true)));
}

std::optional<explore::KeptOrder> kept_order(const std::string& program) {
    return explore::kept_order_from(read_if_there(kit().build / "grade/orders" / (program + ".json")));
}

std::vector<std::string> words_after_dashes(int& argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--") != 0) continue;
        const std::vector<std::string> words(argv + i + 1, argv + argc);
        argc = i;
        return words;
    }
    return {};
}

explore::Drawing terminal_drawing() {
    return {{terminal_paint(), reads_utf8()}};
}

std::string command_of(const PlayedProgram& program, const std::vector<std::string>& arguments) {
    std::string command = program.name;
    for (const std::string& argument : arguments) command += " " + argument;
    return command;
}

std::string how_it_ended(const explore::Player& player, const PlayedProgram& program, const explore::Names& names,
                         int exit_code) {
    if (explore::beyond(player)) return "the explorer cannot follow what the program does";
    const std::string wrong = explore::wrong_end(player, program.name, names, exit_code);
    if (!wrong.empty()) return wrong;
    std::string printed = player.output();
    while (!printed.empty() && printed.back() == '\n') printed.pop_back();
    return "the program ends by itself, and prints " + (printed.empty() ? "nothing" : "\"" + printed + "\"");
}

int run_kept(const std::string& name, int (*work)(int, char**), int argc, char** argv) {
    put_inherited_right();
    const auto run = [&] { return run_tool(name, work, argc, argv); };
    try {
        return kept(leftovers(kit()), run);
    } catch (const std::exception&) {
        return run();  // It says again what is wrong.
    }
}
