#include "grader/compile/silencing.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "grader/compile/tokens.hpp"
#include "ground/text.hpp"

namespace {

using Tokens = std::vector<Token>;

std::string joined(const std::string& source) {
    std::string text;
    for (std::size_t at = 0; at < source.size(); ++at) {
        const std::size_t end = source[at] == '\\' ? source.find_first_not_of(" \t\v\f\r", at + 1) : std::string::npos;
        if (end == std::string::npos || source[end] != '\n') text += source[at];
        else at = end;
    }
    return text;
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

// g++ and clang++ know each attribute with two underscores around it as well.
bool is_attribute(std::string_view name) {
    if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) name = name.substr(2, name.size() - 4);
    return one_of(name, {"no_sanitize", "no_sanitize_thread", "no_sanitize_address", "no_sanitize_undefined",
                         "no_sanitize_memory", "no_address_safety_analysis", "disable_sanitizer_instrumentation"});
}

// A symbol by which a sanitizer and a program deal with one another.
bool is_interface(std::string_view name) {
    for (const std::string_view prefix : {"__tsan_", "__asan_", "__lsan_", "__ubsan_", "__sanitizer_", "__interceptor_",
                                          "AnnotateIgnore", "AnnotateBenign", "AnnotateHappens"})
        if (name.starts_with(prefix)) return true;
    return false;
}

bool is_name(const Token& token, std::initializer_list<std::string_view> all) {
    return token.kind == Token::name && one_of(token.text, all);
}

// What lies between instructions, and instructions that touch no memory: a hint that somebody waits.
bool does_nothing(const std::string& assembly) {
    std::string words;
    for (std::size_t at = 0; at < assembly.size(); ++at) {
        const bool white = one_of(assembly.substr(at, 2), {"\\n", "\\t"});
        if (white) ++at;
        else if (!std::isspace(static_cast<unsigned char>(assembly[at])) && assembly[at] != ';') words += assembly[at];
    }
    return one_of(words, {"", "nop", "pause", "repnop", "yield"});
}

// asm volatile("..." "..." : ...). One from a library's macro is the library's.
bool is_silent_assembly(const Tokens& tokens, std::size_t at) {
    if (!is_name(tokens[at], {"asm", "__asm", "__asm__"}) || tokens[at].of_a_library) return false;
    do ++at;
    while (at < tokens.size() && is_name(tokens[at], {"volatile", "__volatile", "__volatile__", "inline", "__inline",
                                                      "__inline__", "goto", "const"}));
    if (at == tokens.size() || tokens[at].text != "(") return true;
    std::string assembly;
    for (++at; at < tokens.size() && tokens[at].kind == Token::literal; ++at) assembly += tokens[at].text;
    const bool ended = at < tokens.size() && one_of(tokens[at].text, {")", ":"});
    return !ended || !does_nothing(assembly);
}

// dlsym(..., "__tsan_..."): literals are joined as the compiler joins them.
std::string looked_up(const Tokens& tokens) {
    const auto looks_up = [](const Token& token) { return is_name(token, {"dlsym", "dlvsym"}); };
    const bool looks = std::any_of(tokens.begin(), tokens.end(), looks_up);
    std::string text;
    for (std::size_t at = 0; looks && at < tokens.size(); ++at) {
        text = tokens[at].kind == Token::literal ? text + tokens[at].text : "";
        if (is_interface(text)) return text;
    }
    return "";
}

// #line, or # 1 "file": with it, markers say what the program likes.
bool moves_lines(const Tokens& source) {
    for (std::size_t at = 0; at < source.size(); ++at) {
        if (!source[at].first_of_line || !one_of(source[at].text, {"#", "%"})) continue;  // %: is # as well
        const std::size_t next = at + (source[at].text == "%" ? 2 : 1);
        if (next >= source.size()) continue;
        const bool number = std::isdigit(static_cast<unsigned char>(source[next].text[0])) != 0;
        if (number || is_name(source[next], {"line"})) return true;
    }
    return false;
}

Tokens in_file(Tokens tokens) {
    std::erase_if(tokens, [](const Token& token) { return !token.in_file; });
    return tokens;
}

}  // namespace

bool may_silence(const std::string& source) {
    // Lines are joined here also where a compiler would not; that can only make a suspicion.
    const std::string text = in_lower_case(joined(source));
    for (const char* part : {"sanit", "tsan", "asan", "lsan", "__interceptor_", "annotate", "no_address_safety",
                             "__has_feature", "dlsym", "dlvsym", "asm", "##", "%:%:"})
        if (text.find(part) != std::string::npos) return true;
    return false;
}

std::string silencing(const std::string& source, const Preprocessed& preprocessed, const std::string& name) {
    const Tokens written = tokens_of(source);
    if (moves_lines(written)) return "a #line directive, which hides from where a line is";

    const Tokens all = tokens_of(preprocessed.sanitized, name), own = in_file(all);
    for (std::size_t at = 0; at < own.size(); ++at) {
        if (own[at].kind == Token::name && is_interface(own[at].text)) return "the sanitizer's own " + own[at].text;
        if (is_silent_assembly(own, at)) return "an asm that is not empty, into which no sanitizer looks";
    }
    if (const std::string symbol = looked_up(own); !symbol.empty()) return "the sanitizer's own " + symbol;
    // A macro of the program's puts its attributes into libraries as well.
    for (const Token& token : all) {
        if (token.kind != Token::name || !is_attribute(token.text)) continue;
        if (token.in_file || std::find(written.begin(), written.end(), token) != written.end())
            return "the attribute " + token.text;
    }
    if (own != in_file(tokens_of(preprocessed.plain, name)))
        return "code that is another one under the sanitizer (__SANITIZE_..., __has_feature)";
    return "";
}
