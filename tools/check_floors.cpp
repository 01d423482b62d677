// Does every #include lead down, or stay on its floor? What the kit is made of stands on floors, and so do the rooms of
// grader/: what is below knows nothing of what is above it.
#include <map>
#include <regex>
#include <set>

#include "ground/text.hpp"
#include "tools/check.hpp"
#include "tools/sources.hpp"

namespace {

using Names = std::set<std::string>;
using Floors = std::map<std::string, Names>;  // what each may include beside itself

// labs/ is what students have: its given code serves everything, and it knows nothing of what demonstrates and grades.
const Floors folders = {
    {"labs", {}},
    {"solutions", {"labs"}},
    {"ground", {"labs"}},
    {"grader", {"labs", "ground"}},
    {"tools", {"labs", "ground", "grader"}},
    {"tests", {"labs", "ground", "grader"}},
    {"selftest", {"labs", "ground", "grader", "tests", "tools"}},
};

// A room knows those that it links and whatever they know: grader/CMakeLists.txt, "add_room(stage grader_network ...)".
Floors rooms_of(const std::string& cmake) {
    static const std::regex room("^add_room\\((\\w+)(.*)\\)$"), linked("grader_(\\w+)");
    Floors rooms;
    for (const std::string& line : lines_of(cmake)) {
        std::smatch match;
        if (!std::regex_match(line, match, room)) continue;
        const std::string links = match[2];
        Names& knows = rooms[match[1]];
        for (std::sregex_iterator it(links.begin(), links.end(), linked), end; it != end; ++it) {
            const Names& below = rooms[(*it)[1]];
            knows.insert((*it)[1]);
            knows.insert(below.begin(), below.end());
        }
    }
    return rooms;
}

// What a source includes, as the file's name from the kit's folder. Not what is of the system, beside the source, or
// not there: that is the compiler's to tell.
std::vector<std::string> included_by(const Check& check, const std::string& source) {
    static const std::regex include("^\\s*#\\s*include\\s+\"([^\"]+)\".*");
    std::vector<std::string> files;
    for (const std::string& line : lines_of(check.text(source))) {
        std::smatch match;
        if (!std::regex_match(line, match, include)) continue;
        const std::string name = match[1];
        for (const std::string& file :
             std::initializer_list<std::string>{name, "labs/" + name, "tests/" + name, "grader/" + name + ".in"})
            if (check.exists(file)) files.push_back(file);
    }
    return files;
}

// The part of a path in this place, from 0; "" where that is the file's own name or behind it.
std::string part(const std::string& path, int place) {
    std::size_t begin = 0;
    for (; place > 0 && begin != std::string::npos; --place) {
        const std::size_t slash = path.find('/', begin);
        begin = slash == std::string::npos ? slash : slash + 1;
    }
    const std::size_t end = begin == std::string::npos ? begin : path.find('/', begin);
    return end == std::string::npos ? "" : path.substr(begin, end - begin);
}

bool may_include(const Floors& floors, const std::string& from, const std::string& to) {
    const auto floor = floors.find(from);
    return from == to || floor == floors.end() || floors.count(to) == 0 || floor->second.count(to) > 0;
}

std::string knows(const Floors& floors, const std::string& name) {
    const Names& below = floors.at(name);
    return below.empty() ? "knows nothing but itself" : "knows only " + list_of({below.begin(), below.end()});
}

}  // namespace

void check_floors(Check& check) {
    const std::string plan = "grader/CMakeLists.txt";
    const Floors rooms = rooms_of(check.text(plan));
    for (const std::string& name : check.names_in("grader"))
        if (std::filesystem::is_directory(check.path("grader/" + name)) && rooms.count(name) == 0)
            check.fail("grader/" + name, "is no room of " + plan, "Add it there: add_room(" + name + " ...).");
    for (const std::string& source : check.files_with({".cpp", ".hpp"})) {
        const std::string folder = part(source, 0), room = folder == "grader" ? part(source, 1) : "";
        for (const std::string& file : included_by(check, source)) {
            const auto fail = [&](const std::string& what) {
                check.fail(source, "includes " + file + ", and " + what,
                           "Move what it needs from there down, or this file up.");
            };
            check.count("include");
            const std::string their_room = part(file, 0) == "grader" ? part(file, 1) : "";
            if (!may_include(folders, folder, part(file, 0))) fail(folder + "/ " + knows(folders, folder));
            else if (!may_include(rooms, room, their_room)) fail("grader/" + room + "/ " + knows(rooms, room));
        }
    }
}
