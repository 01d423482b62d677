#include "tools/sources.hpp"

#include <cctype>
#include <regex>
#include <sstream>

namespace {

std::string trimmed(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) return "";
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

// Every match's first group.
std::vector<std::string> matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) found.push_back((*it)[1]);
    return found;
}

// The text with its comments blanked out. Strings and characters stay.
std::string without_comments(const std::string& text) {
    std::string code;
    enum { plain, line_comment, block_comment, string, character } state = plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (state == plain && c == '/' && (next == '/' || next == '*')) {
            state = next == '/' ? line_comment : block_comment;
        } else if (state == line_comment && c == '\n') {
            state = plain;
        } else if (state == block_comment && c == '*' && next == '/') {
            state = plain;
            ++i;
            continue;
        } else if ((state == string || state == character) && c == '\\') {
            code += c;
            code += next;
            ++i;
            continue;
        } else if (c == '"' && (state == plain || state == string)) {
            state = state == plain ? string : plain;
        } else if (c == '\'' && (state == plain || state == character)) {
            // 1'000 is a number, not a character.
            const bool separator = state == plain && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]));
            if (!separator) state = state == plain ? character : plain;
        }
        if (c == '\n' || (state != line_comment && state != block_comment)) code += c;
    }
    return code;
}

// Lines of Markdown outside code blocks, with `code` in a line blanked out where `links` is asked
// for.
std::vector<std::string> prose(const std::string& markdown, bool blank_code) {
    std::vector<std::string> result;
    std::string fence;
    static const std::regex opening("^ {0,3}(```+|~~~+)");
    static const std::regex code("(`+)(?:(?!\\1).)+\\1");
    for (const std::string& line : lines_of(markdown)) {
        std::smatch match;
        const bool is_fence = std::regex_search(line, match, opening);
        if (is_fence && fence.empty()) {
            fence = match[1];
        } else if (is_fence && match[1].str().substr(0, fence.size()) == fence) {
            fence.clear();
        } else if (fence.empty()) {
            result.push_back(blank_code ? std::regex_replace(line, code, "") : line);
            continue;
        }
        result.push_back("");
    }
    return result;
}

// As GitHub makes a heading's anchor: lower case, punctuation dropped, hyphens for spaces.
std::string anchor_of(const std::string& heading) {
    static const std::regex link("!?\\[([^\\]]*)\\]\\([^)]*\\)");
    static const std::regex tag("<[^>]*>");
    const std::string text = std::regex_replace(std::regex_replace(trimmed(heading), link, "$1"), tag, "");
    std::string anchor;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0x81) {
            i += 2;  // U+2000 to U+207F: dashes, quotation marks, the ellipsis
        } else if (std::isalnum(c) || c == '_' || c == '-' || c >= 0x80) {
            anchor += static_cast<char>(std::tolower(c));
        } else if (c == ' ') {
            anchor += '-';
        }
    }
    return anchor;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::vector<std::string> code_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string& line : lines_of(without_comments(text))) {
        if (const std::string code = trimmed(line); !code.empty()) lines.push_back(code);
    }
    return lines;
}

std::vector<std::string> given_code(const std::string& starter) {
    std::vector<std::string> given;
    for (const std::string& line : code_lines(starter.substr(0, starter.find("// TODO")))) {
        if (line.find("still_to_do(") == std::string::npos && line.find("support/todo.hpp") == std::string::npos) {
            given.push_back(line);
        }
    }
    return given;
}

std::set<std::string> header_words(const std::string& text) {
    std::set<std::string> words;
    for (const std::string& line : lines_of(text)) {
        if (line.substr(0, 2) != "//") break;
        std::istringstream in(line.substr(2));
        std::string word;
        if (line.substr(0, 4) != "//  " && in >> word) words.insert(word);
    }
    return words;
}

std::vector<std::string> test_cases(const std::string& text) {
    static const std::regex test_case("\\bTEST_CASE\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    std::vector<std::string> names = matches(without_comments(text), test_case);
    for (std::string& name : names) name = std::regex_replace(name, std::regex("\\\\(.)"), "$1");
    return names;
}

std::set<std::string> anchors_of(const std::string& markdown) {
    static const std::regex heading("^ {0,3}#{1,6}[ \\t]+(.*?)[ \\t]*#*[ \\t]*$");
    static const std::regex named("<a\\s+(?:id|name)=[\"']([^\"']+)[\"']");
    std::set<std::string> anchors;
    std::map<std::string, int> seen;
    const auto add_heading = [&](const std::string& text) {
        const std::string anchor = anchor_of(text);
        const int before = seen[anchor]++;
        anchors.insert(before == 0 ? anchor : anchor + "-" + std::to_string(before));
    };
    std::string previous;
    for (const std::string& line : prose(markdown, /*blank_code=*/false)) {
        std::smatch match;
        const bool underline = !line.empty() && (line.find_first_not_of('=') == std::string::npos ||
                                                 line.find_first_not_of('-') == std::string::npos);
        if (std::regex_match(line, match, heading)) {
            add_heading(match[1]);
        } else if (underline && !trimmed(previous).empty()) {
            add_heading(previous);
        }
        for (const std::string& name : matches(line, named)) anchors.insert(name);
        previous = line;
    }
    return anchors;
}

std::vector<std::string> links_of(const std::string& markdown) {
    static const std::regex inline_link("\\]\\(<?([^)\\s>]+)>?(?:\\s+[\"'][^)]*)?\\)");
    static const std::regex reference("^ {0,3}\\[[^\\]]+\\]:\\s*(\\S+)");
    static const std::regex html("(?:href|src|srcset)=[\"']([^\"']+)[\"']");
    std::vector<std::string> links;
    for (const std::string& line : prose(markdown, /*blank_code=*/true)) {
        for (const std::regex& pattern : {inline_link, reference, html}) {
            for (const std::string& link : matches(line, pattern)) links.push_back(link);
        }
    }
    return links;
}

std::vector<std::string> readme_strings(const std::string& source) {
    static const std::regex readme("\"(labs/[^\"\\s]*\\.md#[^\"\\s]*)\"");
    return matches(without_comments(source), readme);
}
