// ./kit status: how far this checkout is, from the last ./kit grade of each program.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "tools/tool.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Record {
    int points = 0;
    int max_points = 0;
    bool changed_since = false;  // what was graded is newer than its grade
    std::string next;            // what does not hold yet, in a few words
};

// The first thing in a report that does not hold.
std::string first_open(const json& report) {
    for (const json& program : report.at("programs")) {
        if (!program.at("built").get<bool>()) return "it does not compile";
        for (const json& criterion : program.at("criteria")) {
            if (!criterion.at("passed").get<bool>()) return criterion.at("name").get<std::string>();
        }
    }
    for (const json& answer : report.at("answers")) {
        if (!answer.at("answered").get<bool>()) return "question " + answer.at("question").get<std::string>();
    }
    return "";
}

// None where it was never graded, or where the record cannot be read any more.
std::optional<Record> read_record(const std::string& name, const fs::path& source) {
    const fs::path file = kit_root() / "build/grade/last" / (name + ".json");
    std::error_code error;
    if (!fs::exists(file, error)) return std::nullopt;
    try {
        const json report = json::parse(read_file(file));
        Record record;
        record.points = report.at("points").get<int>();
        record.max_points = report.at("max_points").get<int>();
        record.next = first_open(report);
        record.changed_since = fs::exists(source, error) && fs::last_write_time(source) > fs::last_write_time(file);
        return record;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

struct Sum {
    int points = 0, max_points = 0;
};

std::string share(int points, int max_points) {
    char text[32];
    std::snprintf(text, sizeof text, "%3d of %3d", points, max_points);
    return text;
}

std::string bar(int points, int max_points, bool utf8) {
    constexpr int width = 10;
    const int full = max_points > 0 ? points * width / max_points : 0;
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < full ? (utf8 ? "█" : "#") : (utf8 ? "░" : ".");
    return bar;
}

// What was graded, its points, and what comes next.
void show_row(const std::string& name, const std::optional<Record>& record, int max_points, const std::string& command,
              const Paint& paint, Sum& sum) {
    const int points = record ? record->points : 0;
    const int most = record ? record->max_points : max_points;
    sum.points += points;
    sum.max_points += most;
    const bool stale = !record || record->changed_since;
    const bool done = !stale && record->next.empty();
    const std::string state = !record ? "never graded" : stale ? "changed since" : done ? "done" : "";
    std::cout << "  " << pad(name, 30) << share(points, most) << "  "
              << paint(done ? "32" : "36", bar(points, most, reads_utf8()));
    if (!state.empty()) std::cout << "  " << paint(done ? "32" : "33", state);
    std::cout << '\n';
    if (!done) std::cout << "      next: " << (stale ? command : record->next) << '\n';
}

int status(int argc, char** argv) {
    CommandLine("usage: ./kit status").parse(argc, argv);
    const Manifest manifest = kit_manifest();
    const Paint paint = terminal_paint();
    Sum total;
    for (const ChapterEntry& chapter : manifest.chapters) {
        std::cout << paint("1", chapter.heading()) << "\n\n";
        int answers = 0;
        for (const QuestionEntry& question : chapter.questions) answers += question.points;
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            show_row(program.name, read_record(program.name, kit_root() / chapter.source_of(program)), program.points(),
                     "./kit grade " + program.name, paint, total);
        }
        if (answers > 0) {
            show_row(chapter.answers(), read_record("answers-" + chapter.number(), kit_root() / chapter.answers()),
                     answers, "./kit grade " + chapter.number(), paint, total);
        }
        std::cout << '\n';
    }
    std::cout << paint("1", pad("Total", 32) + share(total.points, total.max_points) + " points") << '\n';
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("status", status, argc, argv);
}
