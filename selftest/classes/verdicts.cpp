#include "verdicts.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using Kind = Program::Kind;

bool has(const json& program, const std::string& criterion, const char* verdict) {
    const json& all = program.at("criteria");
    return std::any_of(all.begin(), all.end(),
                       [&](const json& each) { return each.at("name") == criterion && each.at("verdict") == verdict; });
}

bool has_any(const json& program, const char* verdict) {
    const json& all = program.at("criteria");
    return std::any_of(all.begin(), all.end(), [&](const json& each) { return each.at("verdict") == verdict; });
}

// What is wrong with the grade of a program, or "". Where one that a criterion builds on fails, too, it waits for that.
std::string wrong_grade(const Program& program, const json& grade) {
    if (has_any(grade, "kit_failed")) return "the kit failed";
    const bool built = grade.at("built").get<bool>();
    const int points = grade.at("points").get<int>(), most = grade.at("max_points").get<int>();
    const std::string earned = " has " + std::to_string(points) + " of " + std::to_string(most) + " points";
    switch (program.kind) {
        case Kind::right: return points == most ? "" : "a right program" + earned;
        case Kind::wrong:
            for (const Caught& caught : program.caught)
                if (!has(grade, caught.criterion, "fails") && !has(grade, caught.criterion, "waits"))
                    return "does not fail \"" + caught.criterion + "\"";
            return "";
        case Kind::starter: return built && points == 0 ? "" : "a starter" + earned;
        case Kind::pretender: return built && points == 0 ? "" : "a program that only pretends" + earned;
        default: return !built && points == 0 ? "" : "what cannot be built" + earned;
    }
}

std::string label(const Member& member) {
    return "student" + member.name.substr(member.name.size() - 4);
}

void check_programs(const Member& member, const json& grade, std::vector<std::string>& wrong) {
    std::size_t seen = 0;
    for (const json& program : grade.at("programs")) {
        const auto planned = member.programs.find(program.at("program").get<std::string>());
        if (planned == member.programs.end()) continue;
        ++seen;
        const std::string problem = wrong_grade(planned->second, program);
        if (!problem.empty())
            wrong.push_back(label(member) + ", " + planned->first + " (" + planned->second.file.stem().string() +
                            "): " + problem);
    }
    if (seen != member.programs.size()) wrong.push_back(label(member) + ": not each program is there");
}

void check_answers(const Member& member, const json& grade, std::vector<std::string>& wrong) {
    for (const json& answer : grade.at("answers")) {
        const std::string chapter = answer.at("chapter").get<std::string>();
        if (answer.at("answered").get<bool>() != member.answers.at(chapter).counts())
            wrong.push_back(label(member) + ", question " + answer.at("question").get<std::string>() + " of " +
                            chapter + (member.answers.at(chapter).counts() ? ": does not count" : ": counts"));
    }
}

}  // namespace

std::vector<std::string> wrong_verdicts(const std::vector<Member>& members, const std::string& text) {
    const json whole = json::parse(text);
    std::map<std::string, const json*> students;  // by the end of the name: invalid UTF-8 is not there as it was
    for (const json& student : whole.at("students")) {
        const std::string name = student.at("name").get<std::string>();
        students[name.substr(name.size() - std::min<std::size_t>(name.size(), 4))] = &student;
    }
    std::vector<std::string> wrong;
    if (students.size() != members.size())
        wrong.push_back("there are " + std::to_string(students.size()) + " students, not " +
                        std::to_string(members.size()));
    for (const Member& member : members) {
        const auto student = students.find(member.name.substr(member.name.size() - 4));
        if (student == students.end()) {
            wrong.push_back(label(member) + " is not there");
            continue;
        }
        const std::string state = student->second->at("state").get<std::string>();
        const std::string due = member.is_readable() ? "graded" : "unreadable";
        if (state != due) wrong.push_back(label(member) + " is " + state + ", not " + due);
        if (state != "graded" || !member.is_readable()) continue;
        check_programs(member, student->second->at("grade"), wrong);
        check_answers(member, student->second->at("grade"), wrong);
    }
    return wrong;
}
