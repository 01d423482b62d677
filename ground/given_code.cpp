#include "ground/given_code.hpp"

#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

std::string missing_for(const fs::path& build, const std::string& name) {
    std::string why;
    std::ifstream in(build / "labs/support" / (name + ".missing"));
    std::getline(in, why);
    return why;
}

std::vector<std::string> linked_with(const fs::path& build, const std::string& chapter) {
    std::ifstream in(build / "labs/support" / (chapter + ".link"));
    std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    return words.empty() ? std::vector<std::string>{"support"} : words;
}
