#include "grader/compile/precompiled.hpp"

#include <mutex>

#include "config.hpp"
#include "grader/compile/compiler_limits.hpp"
#include "grader/compile/kept.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/scratch.hpp"
#include "ground/file.hpp"

namespace fs = std::filesystem;

fs::path preambles_of(const Kit& kit) {
    return kit.build / "grade/preambles";
}

std::optional<fs::path> precompiled(const Kit& kit, const std::vector<std::string>& command,
                                    const std::vector<std::string>& sanitizer) {
    const fs::path header = kit.root / "grader/compile/preamble.hpp";
    std::vector<std::string> words = command;
    words.insert(words.end(), sanitizer.begin(), sanitizer.end());
    Recipe recipe;
    recipe.add(configured_compiler_version);
    recipe.add(read_file(header));
    for (const std::string& word : words) recipe.add(word);

    static std::mutex one_at_a_time;
    const std::scoped_lock lock(one_at_a_time);
    if (const std::optional<fs::path> place = kept(preambles_of(kit), recipe)) return place;
    fs::create_directories(preambles_of(kit));
    const Scratch scratch(preambles_of(kit), work_prefix);
    const fs::path made = scratch.path() / "made";
    fs::create_directories(made);
    fs::copy_file(header, made / "preamble.hpp");
    words.insert(words.end(), {"-x", "c++-header", made / "preamble.hpp", "-o", made / "preamble.hpp.gch"});
    Child compiler(words, plain_environment(), Child::Out::pipe);
    if (compiler.wait(longest_compilation) != Ending{false, 0}) return std::nullopt;
    return keep(preambles_of(kit), recipe, made);
}
