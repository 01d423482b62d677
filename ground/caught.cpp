#include "ground/caught.hpp"

#include <sstream>

namespace {

// What stands in the line behind `key`, without blanks at either end.
std::string behind(const std::string& key, const std::string& line) {
    const std::size_t begin = line.find_first_not_of(" \t\r", key.size());
    return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::vector<Caught> caught_by(const std::string& source) {
    const std::string caught = "// Caught ", saw = "// Saw ";
    std::vector<Caught> catches;
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line) && line.rfind("//", 0) == 0;) {
        if (line.rfind(caught, 0) == 0) catches.push_back({behind(caught, line), ""});
        if (line.rfind(saw, 0) == 0 && !catches.empty()) catches.back().saw = behind(saw, line);
    }
    return catches;
}
