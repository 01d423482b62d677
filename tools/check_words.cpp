// Words that must stay true: the commands in READMEs, what a solution's Demo names, the order of a starter's TODOs.
#include <algorithm>
#include <cctype>
#include <sstream>

#include "ground/text.hpp"
#include "tools/check.hpp"
#include "tools/sources.hpp"

namespace {

std::string joined(const std::vector<int>& numbers) {
    std::vector<std::string> words;
    for (const int number : numbers) words.push_back(std::to_string(number));
    return list_of(words);
}

void check_todos(Check& check, const ChapterEntry& chapter, const ProgramEntry& program) {
    const std::string file = chapter.source_of(program);
    const std::vector<int> numbers = todo_numbers(check.text(file));
    std::vector<int> in_order;
    for (int i = 1; i <= static_cast<int>(numbers.size()); ++i) in_order.push_back(i);
    if (numbers != in_order)
        check.fail(file, "has the TODOs " + joined(numbers) + ", in this order of lines",
                   "Number them from 1, from top to bottom: students do them in that order.");
    if (!check.has_submissions()) return;
    for (const int number : in_order) {
        const std::string step = chapter.steps_of(program) + "/" + std::to_string(number) + ".patch";
        if (check.exists(step)) check.count("step");
        else
            check.fail(step, "does not exist",
                       "Write what a student changes for TODO " + std::to_string(number) +
                           ", after the TODOs before it: the test of the steps compiles each.");
    }
}

void check_demo(Check& check, const std::string& file) {
    const std::string text = check.text(file);
    const std::set<std::string> there = code_words(text);
    for (const std::string& word : demo_words(text)) {
        check.count("demo word");
        if (there.count(word) == 0)
            check.fail(file, "names `" + word + "` in its Demo, which is not in its code",
                       "Name what is there, or write it without backquotes.");
    }
}

// The commands that ./kit has, each with the text of its help.
std::map<std::string, std::string> helps_of(const std::string& kit) {
    std::map<std::string, std::string> helps;
    std::string name;
    for (const std::string& line : lines_of(kit)) {
        if (line.rfind("help_", 0) == 0) name = line.substr(5, line.find('(') - 5);
        else if (line == "END") name.clear();
        if (!name.empty()) helps[name] += line + "\n";
    }
    return helps;
}

// What is wrong with a command, or "".
std::string wrong_command(const std::string& command, const std::map<std::string, std::string>& helps,
                          const Manifest& manifest) {
    std::istringstream words(command.substr(0, command.find_first_of(";|&>")));
    std::string word, name;
    words >> word >> name;  // ./kit NAME
    const auto help = helps.find(name);
    if (name.rfind("--", 0) == 0) return "";
    if (help == helps.end()) return "there is no ./kit " + name;
    const auto stands_for_one = [](const std::string& each) {  // PROGRAM, FILE
        return std::none_of(each.begin(), each.end(), [](unsigned char c) { return std::islower(c) != 0; });
    };
    bool is_named = name == "test" || name == "class" || name == "release";  // which take no program
    while (words >> word) {
        const std::string flag = word.substr(0, word.find('='));
        if (word[0] == '-') {
            if (help->second.find(flag) == std::string::npos && flag != "--help" && flag != "--no-install")
                return "./kit " + name + " has no " + flag;
        } else if (!is_named && !stands_for_one(word) && word != "thread" && word != "address") {
            if (manifest.select(word).empty()) return "there is no program " + word;
            if (name == "run") return "";  // What follows is the program's.
            is_named = true;
        }
    }
    return "";
}

}  // namespace

void check_words(Check& check, const Manifest& manifest) {
    for (const ChapterEntry& chapter : manifest.chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise || !check.has_solutions())
                continue;  // Students delete the TODOs that they have done.
            check_todos(check, chapter, program);
            check_demo(check, "solutions/" + chapter.id + "/" + program.name + ".cpp");
        }
    }
    const std::map<std::string, std::string> helps = helps_of(check.text("kit"));
    for (const std::string& file : check.files_with({".md"})) {
        for (const std::string& command : kit_commands(check.text(file))) {
            check.count("command");
            if (const std::string wrong = wrong_command(command, helps, manifest); !wrong.empty())
                check.fail(file, "has a command that does not work, '" + command + "': " + wrong, "Correct it.");
        }
    }
}
