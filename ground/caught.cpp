#include "ground/caught.hpp"

#include <sstream>

namespace {

struct Entry {
    std::string key, words;
};

// What stands in the line after `key`, without blanks at either end.
std::string after(const std::string& key, const std::string& line) {
    const std::size_t begin = line.find_first_not_of(" \t\r", key.size());
    return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// The lines "// KEY   WORDS" at the top.
std::vector<Entry> entries(const std::string& source) {
    std::vector<Entry> found;
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line) && line.rfind("//", 0) == 0;) {
        for (const std::string key : {"Caught", "Says", "Also"}) {
            const std::string lead = "// " + key + " ";
            if (line.rfind(lead, 0) == 0) found.push_back({key, after(lead, line)});
        }
    }
    return found;
}

}  // namespace

std::vector<Caught> caught_by(const std::string& source) {
    std::vector<Caught> catches;
    for (const auto& [key, words] : entries(source)) {
        if (key == "Caught") catches.push_back({words, ""});
        if (key == "Says" && !catches.empty()) catches.back().says = words;
    }
    return catches;
}

std::vector<std::string> may_also_fail(const std::string& source) {
    std::vector<std::string> criteria;
    for (const auto& [key, words] : entries(source))
        if (key == "Also") criteria.push_back(words);
    return criteria;
}
