#include "grader/class/places.hpp"

#include <sstream>

#include "grader/class/folder.hpp"
#include "grader/class/repository.hpp"
#include "grader/class/zip.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"
#include "ground/usage_error.hpp"

namespace {

namespace fs = std::filesystem;
using Kind = Place::Kind;

// The last word of a path or URL, without what says only what kind of thing it is.
std::string name_of(std::string from) {
    while (from.size() > 1 && from.back() == '/') from.pop_back();
    const std::string last = from.substr(from.find_last_of(is_repository(from) ? "/:" : "/") + 1);
    for (const std::string ending : {".git", ".zip"})
        if (last.size() > ending.size() && in_lower_case(last).ends_with(ending))
            return last.substr(0, last.size() - ending.size());
    if (last == "." || last == ".." || last.empty()) return fs::absolute(from).lexically_normal().filename().string();
    return last;
}

Place place(Kind kind, const std::string& from, const std::string& problem = "") {
    return {kind, name_of(from), from, problem};
}

std::vector<Place> all_in(const Inside& found) {
    std::vector<Place> places;
    for (const fs::path& folder : found.folders) places.push_back(place(Kind::folder, folder.string()));
    for (const fs::path& zip : found.zips) places.push_back(place(Kind::zip, zip.string()));
    for (const fs::path& other : found.others) {
        const std::string ending = in_lower_case(other.extension().string());
        if (fs::is_symlink(other))
            places.push_back(place(Kind::unusable, other.string(), "is a link: it is not followed; name it by itself"));
        else if (ending == ".rar" || ending == ".7z" || ending == ".gz" || ending == ".tgz" || ending == ".tar")
            places.push_back(place(Kind::unusable, other.string(), "is no zip: unpack it into a folder"));
    }
    return places;
}

bool is_submission(const fs::path& folder, const Inside& found) {
    return holds_submission(folder) ||
           (found.folders.size() == 1 && found.zips.empty() && holds_submission(found.folders.front()));
}

std::vector<Place> places_in(const std::string& folder) {
    const Inside found = inside(folder);
    if (is_submission(folder, found)) return {place(Kind::folder, folder)};
    std::vector<Place> places = all_in(found);
    if (places.empty())
        places.push_back(place(Kind::unusable, folder, "has no labs/ or answers/ in it, and no folders or zips"));
    return places;
}

// A line of a list is one student's, whatever is there.
Place place_in_line(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t tab = line.find('\t');
    const std::string from = line.substr(0, tab);
    std::error_code none;
    Place one = is_repository(from)            ? place(Kind::repository, from)
                : fs::is_directory(from, none) ? place(Kind::folder, from)
                : !fs::exists(from, none)      ? place(Kind::unusable, from, "there is no such folder or file")
                : is_zip(from)                 ? place(Kind::zip, from)
                                               : place(Kind::unusable, from, "is no folder and no zip");
    if (tab != std::string::npos && tab + 1 < line.size()) one.name = line.substr(tab + 1);
    return one;
}

}  // namespace

std::vector<Place> places_of(const std::string& argument) {
    if (is_repository(argument)) return {place(Kind::repository, argument)};
    std::error_code error;
    if (!fs::exists(argument, error)) throw UsageError("'" + argument + "': there is no such folder or zip");
    if (fs::is_directory(argument)) {
        try {
            return places_in(argument);
        } catch (const fs::filesystem_error& failure) {
            throw UsageError("'" + argument + "': cannot be read: " + failure.code().message());
        }
    }
    if (is_zip(argument)) return {place(Kind::zip, argument)};
    throw UsageError("'" + argument + "': is no folder and no zip; a list of submissions is given with --list");
}

std::vector<Place> places_listed_in(const fs::path& file) {
    std::string text;
    try {
        text = read_file(file);
    } catch (const std::exception& error) {
        throw UsageError(std::string("--list ") + error.what());
    }
    std::vector<Place> places;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.find_first_not_of(" \t\r") != std::string::npos && line.front() != '#')
            places.push_back(place_in_line(line));
    if (places.empty()) throw UsageError("--list " + file.string() + ": names no submission: give one in each line");
    return places;
}

Taken read_place(const Place& place, const Wanted& wanted, const fs::path& work) {
    switch (place.kind) {
        case Kind::folder: return read_folder(place.from, wanted);
        case Kind::zip: return read_zip(place.from, wanted);
        case Kind::repository: return read_repository(place.from, wanted, work);
        default: return {place.problem, {}, {}};
    }
}
