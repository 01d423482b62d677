#include "tools/marks.hpp"

#include "tools/tool.hpp"

void replace_mark(std::vector<std::string>& arguments, const std::string& what, const std::string& with) {
    const std::string mark = "{" + what + "}";
    for (std::string& argument : arguments)
        for (std::size_t at = 0; (at = argument.find(mark, at)) != std::string::npos; at += with.size())
            argument.replace(at, mark.size(), with);
}

void put_folders(std::vector<std::string>& arguments, const ChapterEntry& chapter, bool solution) {
    const std::filesystem::path build = kit_root() / "build";
    replace_mark(arguments, "assets", (kit_root() / "assets").string());
    replace_mark(arguments, "build", build.string());
    replace_mark(arguments, "programs", (build / (solution ? "solutions" : "labs") / chapter.id).string());
}

std::vector<std::string> as_typed(const std::vector<std::string>& arguments) {
    std::vector<std::string> typed;
    for (const std::string& argument : arguments) {
        const bool is_value = argument.front() == '{' && !typed.empty() && typed.back().substr(0, 2) == "--";
        if (is_value) typed.pop_back();
        else typed.push_back(argument);
    }
    return typed;
}
