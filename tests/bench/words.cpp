#include "bench/words.hpp"

std::string in_quotes(const std::string& text) {
    return "\"" + text + "\"";
}

std::string counted(std::size_t number, const char* one, const char* many) {
    return (number == 0 ? "no" : std::to_string(number)) + " " + (number == 1 ? one : many);
}

std::string list_in_quotes(const Words& words) {
    Words quoted;
    for (const std::string& word : words) quoted.push_back(in_quotes(word));
    return words.empty() ? "nothing" : some_of(quoted);
}

std::string with_arguments(const Words& arguments) {
    if (arguments.empty()) return "without arguments";
    constexpr std::size_t most = 8;
    std::string text = "with";
    for (std::size_t i = 0; i < arguments.size() && i < most; ++i) text += " " + arguments[i];
    return text + (arguments.size() > most ? " ... (" + std::to_string(arguments.size()) + " arguments)" : "");
}

Words with_equals(const Words& arguments) {
    Words words;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool has_value = arguments[i].rfind("--", 0) == 0 && i + 1 < arguments.size();
        words.push_back(has_value ? arguments[i] + "=" + arguments[i + 1] : arguments[i]);
        if (has_value) ++i;
    }
    return words;
}

std::string hang_first(const std::string& saw) {
    const std::size_t at = saw.find("the program hangs: ");
    if (at == std::string::npos || at == 0) return saw;
    std::string where = saw.substr(0, at);
    if (const std::string joint = " and "; where.ends_with(joint)) where.resize(where.size() - joint.size());
    while (!where.empty() && std::string(" ,;:").find(where.back()) != std::string::npos) where.pop_back();
    return saw.substr(at) + (where.empty() ? "" : " (" + where + ")");
}
