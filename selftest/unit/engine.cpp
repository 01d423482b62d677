#include "engine.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;

fs::path small_program(const std::string& name) {
    return fs::read_symlink("/proc/self/exe").parent_path() / "unit_programs" / name;
}

std::string new_marker() {
    static int number = 0;
    return "marker-" + std::to_string(getpid()) + "-" + std::to_string(++number);
}

int processes_with(const std::string& marker) {
    int found = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream in(entry.path() / "cmdline");  // empty where the process has ended
        std::ostringstream words;
        if (in.peek() != std::ifstream::traits_type::eof()) words << in.rdbuf();
        if (words.str().find(marker) != std::string::npos) ++found;
    }
    return found;
}

Folder::Folder() {
    std::string pattern = (fs::temp_directory_path() / "kit-unit-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
}

Rest run_in_turn(Program& program) {
    Rest rest = program.settle();
    while (rest == Rest::standstill && !program.asleep().empty()) {
        program.wake(program.asleep().front());
        rest = program.settle();
    }
    return rest;
}
