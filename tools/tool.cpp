#include "tools/tool.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "ground/given_code.hpp"

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

void require_settled(const std::string& name) {
    const std::string missing = missing_for(kit_root() / "build", name);
    if (!missing.empty()) throw std::runtime_error(missing);
}

}  // namespace

int run_tool(const std::string& name, int (*work)(int, char**), int argc, char** argv) {
    try {
        return work(argc, argv);
    } catch (const UsageError& error) {
        std::cerr << "kit " << name << ": " << error.what() << '\n';
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "kit " << name << ": " << error.what() << '\n';
        return 3;
    }
}

fs::path kit_root() {
    if (const std::string root = variable("KIT_ROOT"); !root.empty()) return root;
    for (fs::path folder = fs::current_path();; folder = folder.parent_path()) {
        if (!chapter_folders(folder).empty()) return folder;
        if (folder == folder.root_path()) throw std::runtime_error("not in the kit's folder: start me as ./kit");
    }
}

Manifest kit_manifest() {
    return read_manifest(kit_root());
}

void require_built(const ChapterEntry& chapter) {
    require_settled(chapter.id);
}

void require_built(const ProgramEntry& program) {
    require_settled(program.name);
}

Paint terminal_paint() {
    return {isatty(STDOUT_FILENO) != 0 && variable("NO_COLOR").empty() && variable("TERM") != "dumb"};
}
