// A class of generated students, to try ./kit class with: right programs, wrong, broken, empty, binary and huge ones,
// hostile names and answers. What each must get is known beforehand.
//
//   class_of make SIZE FOLDER [CHAPTERS]    writes the submissions into a new folder
//   class_of check SIZE FILE [CHAPTERS]     compares class.json with what is due; exit 0 where all of it is
#include <iostream>
#include <sstream>

#include "config.hpp"
#include "ground/command_line.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"
#include "make.hpp"
#include "verdicts.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<ChapterEntry> chapters_named(const std::string& names) {
    const Manifest manifest = read_manifest(kit_root);
    if (names.empty()) return manifest.chapters;
    std::vector<ChapterEntry> chapters;
    std::istringstream each(names);
    for (std::string name; std::getline(each, name, ',');) {
        const std::vector<ChapterEntry> found = manifest.select(name);
        if (found.size() != 1) throw UsageError("'" + name + "' is no chapter; there are " + manifest.known_names());
        chapters.push_back(found.front());
    }
    return chapters;
}

int run(int argc, char** argv) {
    std::string what, place, names;
    std::optional<int> size;
    CommandLine line("usage: class_of make SIZE FOLDER [CHAPTERS] | class_of check SIZE FILE [CHAPTERS]");
    line.required("WHAT", what, {"make", "check"});
    line.number("SIZE", size);
    line.required("PLACE", place);
    line.name("CHAPTERS", names);
    line.parse(argc, argv);

    const std::vector<ChapterEntry> chapters = chapters_named(names);
    const std::vector<Member> members = planned_class(chapters, kit_root, size.value_or(1));
    if (what == "make") {
        if (!fs::create_directories(place)) throw UsageError("'" + place + "' is there already; give a new folder");
        for (const Member& member : members) make_submission(member, chapters, kit_root, place);
        std::cout << members.size() << " submissions in " << place << "\n";
        return 0;
    }
    const std::vector<std::string> wrong = wrong_verdicts(members, read_file(place));
    for (const std::string& each : wrong) std::cout << printable(each) << "\n";
    std::cout << members.size() << " students, " << wrong.size() << " wrong verdicts\n";
    return wrong.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "class_of: " << error.what() << "\n";
        return 2;
    }
}
