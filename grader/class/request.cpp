#include "grader/class/request.hpp"

#include <algorithm>
#include <sstream>

#include "grader/class/times.hpp"
#include "grader/compile/turns.hpp"
#include "ground/command_line.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

Part part_from(const std::string& text) {
    static const std::string right = "--part takes I/N, such as 1/4: the first of four parts";
    Part part;
    char slash = 0, more = 0;
    std::istringstream in(text);
    if (!(in >> part.number >> slash >> part.of) || slash != '/' || in >> more || part.of < 1 || part.of > 1'000 ||
        part.number < 1 || part.number > part.of)
        throw UsageError(right + "; not '" + text + "'");
    return part;
}

std::vector<ChapterEntry> chapters_from(const Manifest& manifest, const std::string& names) {
    if (names.empty()) return manifest.chapters;
    std::vector<ChapterEntry> chapters;
    std::vector<std::string> numbers;
    for (const ChapterEntry& chapter : manifest.chapters) numbers.push_back(chapter.number());
    std::istringstream in(names);
    for (std::string name; std::getline(in, name, ',');) {
        const auto found = std::find_if(manifest.chapters.begin(), manifest.chapters.end(), [&](const auto& chapter) {
            return name == chapter.number() || name == chapter.id;
        });
        if (found == manifest.chapters.end())
            throw UsageError("--chapters: '" + name + "' is no chapter; there are " + list_of(numbers));
        const auto same = [&](const ChapterEntry& chapter) { return chapter.id == found->id; };
        if (std::none_of(chapters.begin(), chapters.end(), same)) chapters.push_back(*found);
    }
    return chapters;
}

std::string read_given(const std::string& flag, const fs::path& file) {
    try {
        return read_file(file);
    } catch (const std::exception& error) {
        throw UsageError(flag + " " + error.what());
    }
}

}  // namespace

ClassRequest request_from(int argc, char** argv, const Kit& kit) {
    ClassRequest request;
    std::vector<std::string> folders;
    std::string list, chapters, roster, due, compared, part, out = (kit.build / "class").string(), results;
    request.jobs = std::max(1, most_turns() / 2);
    CommandLine line("see ./kit class --help");
    line.names("DIR", folders);
    line.text("--list", "FILE", list);
    line.text("--chapters", "NAMES", chapters);
    line.text("--roster", "FILE", roster);
    line.text("--due", "TIME", due);
    line.text("--compare", "FILE", compared);
    line.text("--out", "DIR", out);
    line.text("--results", "DIR", results);
    line.text("--collect", "DIR", request.collect);
    line.text("--part", "I/N", part);
    line.count("--jobs", request.jobs);
    line.flag("--forget", request.forget);
    line.never_both("--part", "--compare");
    line.never_both("--part", "--forget");
    line.never_both("--part", "--collect");
    line.parse(argc, argv);
    if (folders.empty() && list.empty())
        throw UsageError("which submissions? Give folders or zips, or --list FILE; see ./kit class --help");
    request.chapters = chapters_from(read_manifest(kit.root), chapters);
    if (!part.empty()) request.part = part_from(part);
    if (!due.empty()) request.due = due_time(due);
    if (!roster.empty()) request.roster = read_roster(roster);
    if (!compared.empty()) request.compared = read_given("--compare", compared);
    for (const std::string& folder : folders)
        for (Place& place : places_of(folder)) request.places.push_back(std::move(place));
    if (!list.empty())
        for (Place& place : places_listed_in(list)) request.places.push_back(std::move(place));
    request.out = out;
    request.results = results.empty() ? fs::path(out) / "results" : fs::path(results);
    return request;
}
