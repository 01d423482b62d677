// A starter's TODOs can be done in the order of their numbers: after each of them the program compiles without warnings
// and starts. The patches in selftest/submissions/steps are what a student changes for each.
#include <cstdlib>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/compile/build.hpp"
#include "grader/judge/work_queue.hpp"
#include "ground/file.hpp"
#include "ground/manifest.hpp"

namespace {

namespace fs = std::filesystem;

// The first step that fails, and how; "".
std::string problem(const ChapterEntry& chapter, const ProgramEntry& program) {
    const Kit kit{kit_root, kit_build, /*all_behind_preamble=*/true};
    const std::string name = chapter.source_of(program);
    const Folder folder;
    std::string text = read_file(kit.root / name);
    int number = 1;
    for (fs::path step; fs::exists(step = kit.root / chapter.steps_of(program) / (std::to_string(number) + ".patch"));
         ++number) {
        const std::string where = program.name + ", TODO " + std::to_string(number) + ": ";
        folder.write("before.cpp", text);
        const std::string done = folder.path() / "after.cpp";
        const std::string command = "patch --silent --fuzz=0 --output='" + done + "' '" +
                                    (folder.path() / "before.cpp").string() + "' '" + step.string() + "'";
        if (std::system(command.c_str()) != 0) return where + "its patch does not fit the program before it";
        text = read_file(done);
        const Built built = build(kit, name, text, Flavour::plain);
        if (!built.ok || !built.warnings.empty()) return where + built.error + built.warnings;
        if (std::system(("'" + built.executable.string() + "' --help >'" + done + "'").c_str()) != 0)
            return where + "does not start";
    }
    if (number == 1) return program.name + " has no steps";
    if (text.find("TODO") != std::string::npos) return program.name + " still has a TODO after its last step";
    return "";
}

}  // namespace

TEST_CASE("after each TODO, done in their order, a program compiles without warnings and starts") {
    std::vector<std::pair<const ChapterEntry*, const ProgramEntry*>> exercises;
    const Manifest manifest = read_manifest(kit_root);
    for (const ChapterEntry& chapter : manifest.chapters)
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) exercises.emplace_back(&chapter, &program);
    std::vector<std::string> problems(exercises.size());
    {
        WorkQueue queue(4);  // compilers at once: each wants half a gigabyte
        for (std::size_t i = 0; i < exercises.size(); ++i)
            queue.add([&, i] {
                try {
                    problems[i] = problem(*exercises[i].first, *exercises[i].second);
                } catch (const std::exception& error) {
                    problems[i] = error.what();
                }
            });
    }
    CHECK(problems == std::vector<std::string>(exercises.size()));
}
