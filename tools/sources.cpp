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

// Names, keywords and the words of strings.
std::vector<std::string> words_of(const std::string& code) {
    static const std::regex word("([A-Za-z_]\\w*)");
    return matches(code, word);
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

std::map<std::string, std::string> test_case_texts(const std::string& text) {
    std::map<std::string, std::string> cases;
    const std::string code = without_comments(text);
    for (const std::string& name : test_cases(text)) {
        const std::string quoted = "\"" + std::regex_replace(name, std::regex("([\"\\\\])"), "\\$1") + "\"";
        const std::size_t begin = code.find(quoted), end = code.find("\n}", begin);
        cases[name] = code.substr(begin, end == std::string::npos ? end : end - begin);
    }
    return cases;
}

std::set<int> steps_to_read(const std::string& test_case) {
    static const std::regex number("\\b(\\d+)\\b");
    const std::string call = "readme(";
    std::set<int> steps;
    for (std::size_t at = 0; (at = test_case.find(call, at)) != std::string::npos;) {
        std::size_t end = at += call.size();
        for (int depth = 1; end < test_case.size() && depth > 0; ++end)
            depth += test_case[end] == '(' ? 1 : test_case[end] == ')' ? -1 : 0;
        for (const std::string& step : matches(test_case.substr(at, end - at), number)) steps.insert(std::stoi(step));
    }
    return steps;
}

std::vector<std::string> demo_words(const std::string& solution) {
    static const std::regex quoted("`([^`]*)`");
    static const std::regex string_literal("\"[^\"]*\"");
    std::string demo;
    bool is_demo = false;
    for (const std::string& line : lines_of(solution)) {
        if (line.rfind("//", 0) != 0) break;
        if (line.rfind("// ", 0) == 0 && line.size() > 3 && line[3] != ' ') is_demo = line.rfind("// Demo", 0) == 0;
        if (is_demo) demo += trimmed(line.substr(2)) + " ";
    }
    std::vector<std::string> words;
    for (const std::string& piece : matches(demo, quoted))
        for (const std::string& word : words_of(std::regex_replace(piece, string_literal, ""))) words.push_back(word);
    return words;
}

std::set<std::string> code_words(const std::string& source) {
    const std::vector<std::string> words = words_of(without_comments(source));
    return {words.begin(), words.end()};
}

std::vector<int> todo_numbers(const std::string& starter) {
    static const std::regex todo("// TODO (\\d+)");
    std::vector<int> numbers;
    for (const std::string& number : matches(starter, todo)) numbers.push_back(std::stoi(number));
    return numbers;
}

std::map<std::string, std::string> sections_of(const std::string& markdown) {
    std::map<std::string, std::string> sections;
    std::string title;
    for (const std::string& line : lines_of(markdown)) {
        if (line.rfind("## ", 0) == 0) title = trimmed(line.substr(3));
        else sections[title] += line + "\n";
    }
    return sections;
}

std::vector<std::vector<std::string>> criteria_rows(const std::string& markdown) {
    std::vector<std::vector<std::string>> rows;
    bool is_inside = false;
    for (const std::string& line : lines_of(markdown)) {
        if (line.rfind("|", 0) != 0) {
            is_inside = false;
            continue;
        }
        std::vector<std::string> cells;
        std::istringstream in(line.substr(1));
        for (std::string cell; std::getline(in, cell, '|');) cells.push_back(trimmed(cell));
        if (is_inside && cells.front().rfind("---", 0) != 0) rows.push_back(cells);
        if (cells.front() == "criterion") is_inside = true;
    }
    return rows;
}

std::vector<std::string> kit_commands(const std::string& markdown) {
    std::vector<std::string> commands;
    bool is_code = false, is_run = true, goes_on = false;
    std::string last;
    for (const std::string& line : lines_of(markdown)) {
        const std::size_t at = line.find("./kit ");
        const bool begins = is_code && is_run && at != std::string::npos;
        const std::string code = trimmed(line.substr(0, line.find(" #", begins ? at : 0)));
        if (line.rfind("```", 0) == 0) {
            is_code = !is_code;
            is_run = last.rfind("<!-- not run:", 0) != 0;
        } else if (goes_on) {
            commands.back() += " " + code;
        } else if (begins) {
            commands.push_back(code.substr(code.find("./kit")));
        }
        goes_on = (goes_on || begins) && code.ends_with('|');
        if (!trimmed(line).empty()) last = line;
    }
    return commands;
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
