#include "ground/hints.hpp"

#include <sstream>
#include <stdexcept>

#include "ground/file.hpp"

std::map<std::string, std::vector<std::string>> read_hints(const std::filesystem::path& file) {
    std::istringstream in(read_file(file));
    std::map<std::string, std::vector<std::string>> hints;
    std::vector<std::string>* program = nullptr;
    int number = 0;
    const auto fail = [&](const std::string& what) {
        throw std::runtime_error(file.string() + ":" + std::to_string(number) + ": " + what);
    };
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.rfind("# ", 0) == 0) {
            const auto [place, is_new] = hints.try_emplace(line.substr(2));
            if (!is_new) fail("there are hints for " + place->first + " already");
            program = &place->second;
            continue;
        }
        const std::size_t begin = line.find_first_not_of(' ');
        if (!program || begin == std::string::npos) continue;
        if (begin > 0) {
            if (program->empty()) fail("belongs to no hint: a hint begins with its number, as in \"1. \"");
            program->back() += " " + line.substr(begin);
            continue;
        }
        const std::string lead = std::to_string(program->size() + 1) + ". ";
        if (line.rfind(lead, 0) != 0) fail("hint \"" + lead + "\" is expected here; a hint's other lines are indented");
        program->push_back(line.substr(lead.size()));
    }
    return hints;
}
