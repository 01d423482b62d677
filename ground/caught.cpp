#include "ground/caught.hpp"

#include <sstream>

namespace {

struct Entry {
    std::string key, words;
};

// The lines "// KEY   WORDS" at the top, without blanks at either end of the words.
std::vector<Entry> entries(const std::string& source) {
    std::vector<Entry> found;
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line) && line.rfind("//", 0) == 0;) {
        for (const std::string key : {"Caught", "Says", "Also"}) {
            const std::string lead = "// " + key + " ";
            const std::size_t begin = line.find_first_not_of(" \t\r", lead.size());
            if (line.rfind(lead, 0) != 0) continue;
            found.push_back({key, begin == std::string::npos
                                      ? ""
                                      : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1)});
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
