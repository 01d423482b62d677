#include "grader/class/collect.hpp"

#include "grader/class/quoted_csv.hpp"
#include "ground/file.hpp"
#include "ground/usage_error.hpp"

namespace fs = std::filesystem;

namespace {

void write_in_folder(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    write_file(file, text);
}

// The one label that Dolos colours.
std::string label_of(const Student& student) {
    return student.late ? "late" : "";
}

Collected collect_program(const std::vector<HandedIn>& class_, const std::string& name, const std::string& wanted,
                          const std::string& starter, const fs::path& folder) {
    Collected collected;
    const std::string file = name + ".cpp";
    std::string info = csv_row({"filename", "full_name", "label", "created_at"});
    for (const HandedIn& one : class_) {
        const auto source = one.taken.files.find(wanted);
        if (source == one.taken.files.end() || !source->second.ok) continue;
        if (source->second.text == starter) {
            ++collected.untouched;
            continue;
        }
        const std::string place = "submissions/" + one.student.id + "/" + file;
        write_in_folder(folder / place, source->second.text);
        info += csv_row({place, one.student.work.name, label_of(one.student), one.student.handed_in});
        ++collected.sources;
    }
    write_in_folder(folder / "starter" / file, starter);
    write_in_folder(folder / "info.csv", info);
    return collected;
}

}  // namespace

Collected collect(const std::vector<HandedIn>& class_, const std::vector<ChapterEntry>& chapters, const fs::path& root,
                  const fs::path& folder) {
    if (fs::exists(folder) && (!fs::is_directory(folder) || !fs::is_empty(folder)))
        throw UsageError("--collect '" + folder.string() + "': is there and not empty; give a new folder");
    Collected all;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            const std::string wanted = chapter.source_of(program);
            const Collected one =
                collect_program(class_, program.name, wanted, read_if_there(root / wanted), folder / program.name);
            all.sources += one.sources;
            all.untouched += one.untouched;
        }
    }
    return all;
}
