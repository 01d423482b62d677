#include "tools/release/links.hpp"

#include <filesystem>
#include <optional>

namespace fs = std::filesystem;

namespace {

struct Link {
    std::size_t begin, end;  // of the whole, with the '!' of a picture
    std::string words, target;
};

// Where code that begins at `at` ends: a block from its fence to the next one, or a span in backquotes.
std::size_t end_of_code(const std::string& text, std::size_t at) {
    const std::size_t ticks = std::min(text.find_first_not_of('`', at), text.size()) - at;
    const std::size_t close = text.find(std::string(ticks, '`'), at + ticks);
    return close == std::string::npos ? at + ticks : close + ticks;
}

// "[words](target)" whose '[' is at `open`; none where it is something else. Words may hold code and brackets.
std::optional<Link> link_at(const std::string& text, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '`') i = end_of_code(text, i) - 1;
        else if (text[i] == '[') ++depth;
        else if (text[i] == ']' && --depth == 0) {
            const std::size_t close = text.find(')', i);
            if (i + 1 >= text.size() || text[i + 1] != '(' || close == std::string::npos) return std::nullopt;
            return Link{open, close + 1, text.substr(open + 1, i - open - 1), text.substr(i + 2, close - i - 2)};
        } else if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n') return std::nullopt;
    }
    return std::nullopt;
}

bool leads_to_a_file(const std::string& target) {
    return !target.empty() && target[0] != '#' && target.find("://") == std::string::npos &&
           target.rfind("mailto:", 0) != 0;
}

std::string path_of(const std::string& file, const std::string& target) {
    const std::string path = target.substr(0, target.find('#'));
    return (fs::path(file).parent_path() / path).lexically_normal().generic_string();
}

}  // namespace

std::string without_dead_links(const std::string& markdown, const std::string& file,
                               const std::function<bool(const std::string&)>& is_there) {
    std::string result;
    for (std::size_t i = 0; i < markdown.size();) {
        if (markdown[i] == '`') {
            const std::size_t end = end_of_code(markdown, i);
            result += markdown.substr(i, end - i);
            i = end;
            continue;
        }
        const bool is_picture = markdown.compare(i, 2, "![") == 0;
        const std::optional<Link> link =
            is_picture || markdown[i] == '[' ? link_at(markdown, i + (is_picture ? 1 : 0)) : std::nullopt;
        if (!link || !leads_to_a_file(link->target) || is_there(path_of(file, link->target))) {
            result += markdown[i++];
            continue;
        }
        result += link->words;
        i = link->end;
    }
    return result;
}
