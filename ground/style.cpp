#include "ground/style.hpp"

#include <cstdlib>

std::string Style::actor(int index, std::string_view text) const {
    static constexpr const char* colours[] = {"36", "35", "33", "32", "34", "31"};
    return index < 0 ? std::string(text) : paint(colours[index % 6], text);
}

std::string Style::rule() const {
    std::string rule;
    for (std::size_t i = 0; i < screen_columns; ++i) rule += utf8 ? "━" : "=";
    return paint("2", rule);
}

std::string Style::cut(std::string_view text, std::size_t width) const {
    if (columns(text) <= width) return std::string(text);
    const std::string mark = utf8 ? "…" : "...";
    const std::size_t room = width < columns(mark) ? 0 : width - columns(mark);
    return room == 0 ? std::string(width, ' ') : std::string(front_of(text, room)) + mark;
}

bool reads_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* set = std::getenv(name);
        const std::string value = set ? set : "";
        if (value.empty()) continue;
        return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}
