#include "grader/explore/code_lines.hpp"

#include <sstream>

#include "grader/explore/source_lines.hpp"
#include "ground/text.hpp"

namespace explore {

CodeLines::CodeLines(const Player& player, const std::string& name, const std::string& source) {
    const SharedOrder& order = player.order();
    for (std::uint32_t i = 0; i < order.events; ++i)
        if (order.event[i].place != 0) lines_[order.event[i].place];
    for (const Waiting& one : order.waiting)
        if (one.place != 0) lines_[one.place];
    std::vector<std::uint64_t> addresses;
    for (const auto& [place, line] : lines_) addresses.push_back(place - order.base - 1);
    const std::vector<std::string> found = source_lines(player.executable(), name, addresses);
    std::size_t next = 0;
    for (auto& [place, line] : lines_) {
        const std::string& text = found[next++];
        if (const std::size_t colon = text.rfind(':'); colon != std::string::npos)
            line = std::stoi(text.substr(colon + 1));
    }
    std::istringstream text(source);
    for (std::string line; std::getline(text, line);) {
        const std::size_t begin = line.find_first_not_of(" \t");
        texts_.push_back(begin == std::string::npos ? "" : printable(line.substr(begin)));
    }
}

int CodeLines::line_at(std::uint64_t place) const {
    const auto line = lines_.find(place);
    return line == lines_.end() ? 0 : line->second;
}

std::string CodeLines::text_of(int line) const {
    const auto index = static_cast<std::size_t>(line);
    return line > 0 && index <= texts_.size() ? texts_[index - 1] : "";
}

}  // namespace explore
