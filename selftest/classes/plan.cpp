#include "plan.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "ground/file.hpp"

namespace {

namespace fs = std::filesystem;

// Names that a page, a table, a shell or a file system might stumble over.
const std::array<std::string, 9> hostile_names = {
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)<!--",
    "=HYPERLINK(\"http:example\",\"grade\")",
    "-rf --no-preserve-root",
    "; touch planted; $(touch planted) `touch planted`",
    "two\nlines, \"quoted\"",
    "\xff\xfe no UTF-8",
    "\x1b[31mred\x1b[2J",
    "right \u202e to left",
};

// Each ends with its number.
std::string name_of(int i) {
    char number[16];
    std::snprintf(number, sizeof number, " %03d", i);
    if (i % 10 == 3) return hostile_names[static_cast<std::size_t>(i / 10) % hostile_names.size()] + number;
    return (i % 10 == 6 ? std::string(200, 'x') : "Student") + number;
}

Form form_of(int i) {
    if (i % 20 == 7) return Form::empty;
    if (i % 20 == 14) return Form::broken_zip;
    return i % 5 == 1 ? Form::zip : i % 5 == 2 ? Form::nested_zip : Form::folder;
}

std::vector<fs::path> submissions(const fs::path& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

// One that is written with no library that a machine may lack.
fs::path chosen(const std::vector<fs::path>& from, int number) {
    const auto size = static_cast<int>(from.size());
    for (int i = 0; i < size; ++i) {
        const fs::path& file = from[static_cast<std::size_t>((number + i) % size)];
        if (read_file(file).find("// Needs ") == std::string::npos) return file;
    }
    return from.front();
}

Program program_of(const ChapterEntry& chapter, const ProgramEntry& program, const fs::path& root, int i, int j) {
    using Kind = Program::Kind;
    const fs::path inside = fs::path(chapter.id) / program.name;
    const int turn = (i + 3 * j) % 10;
    const auto sample = [&](Kind kind, const char* folder) {
        const fs::path file = chosen(submissions(root / "selftest/submissions" / folder / inside), 7 * i + j);
        return Program{kind, file, kind == Kind::wrong ? caught_by(read_file(file)) : std::vector<Caught>{}};
    };
    if (turn < 4) return sample(Kind::right, "right");
    if (turn < 7) return sample(Kind::wrong, "wrong");
    if (turn < 8) return {Kind::starter, root / chapter.source_of(program), {}};
    if (turn < 9) return {Kind::pretender, {}, {}};
    constexpr std::array<Kind, 4> unusable = {Kind::missing, Kind::broken, Kind::binary, Kind::huge};
    return {unusable[static_cast<std::size_t>(i / 10 + j) % unusable.size()], {}, {}};
}

AnswersFile answers_of(int i, int j) {
    using Kind = AnswersFile::Kind;
    constexpr std::array<Kind, 5> kinds = {Kind::model, Kind::untouched, Kind::hostile, Kind::windows, Kind::missing};
    return {kinds[static_cast<std::size_t>(i + j) % kinds.size()]};
}

}  // namespace

std::vector<Member> planned_class(const std::vector<ChapterEntry>& chapters, const fs::path& root, int size) {
    std::vector<Member> members;
    for (int i = 1; i <= size; ++i) {
        Member member{name_of(i), form_of(i), {}, {}};
        int j = 0;
        for (const ChapterEntry& chapter : chapters) {
            for (const ProgramEntry& program : chapter.programs)
                if (program.exercise) member.programs[program.name] = program_of(chapter, program, root, i, j++);
            member.answers[chapter.number()] = answers_of(i, j);
        }
        members.push_back(std::move(member));
    }
    return members;
}
