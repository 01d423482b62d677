#include "support/command.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "support/child_program.hpp"

bool has_command(const std::string& name) {
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    return false;
}

std::string output_of(const std::filesystem::path& file, const std::vector<std::string>& arguments) {
    ChildProgram program(file, arguments, ChildProgram::Output::quietly_to_us);
    std::string text;
    for (std::string some; !(some = program.read_some()).empty();) text += some;
    if (program.wait() != 0) throw std::runtime_error(file.filename().string() + " did not end well");
    return text;
}
