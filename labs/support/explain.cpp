#include "support/explain.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <sstream>

std::string in_bold(const std::string& text) {
    const char* const term = std::getenv("TERM");
    const char* const plain = std::getenv("NO_COLOR");
    const bool bold = isatty(STDOUT_FILENO) && (!plain || !*plain) && std::string(term ? term : "") != "dumb";
    return bold ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

void explain(const std::string& label, const std::string& text) {
    std::string lead = in_bold(padded(label, 6)), line;
    std::istringstream words(text);
    for (std::string word; words >> word; line += (line.empty() ? "" : " ") + word) {
        if (line.empty() || line.size() + 1 + word.size() <= 72) continue;
        std::cout << lead << line << '\n';
        lead = std::string(6, ' ');
        line.clear();
    }
    std::cout << lead << line << '\n';
}
