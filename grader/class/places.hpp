// Where the submissions of a class are, as the command line and a list name them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/class/taken.hpp"

struct Place {
    enum class Kind { folder, zip, repository, unusable };
    Kind kind = Kind::folder;
    std::string name;     // the student's, as far as the place says: the folder's, the zip's or the repository's name
    std::string from;     // the path or URL
    std::string problem;  // of one that is unusable
};

// One submission; or all in it, where it is a folder that is no submission itself and holds folders or zips. One folder
// alone in it, with labs/ or answers/, is the submission's own. A file with a list: below. Throws UsageError where there
// is nothing of that name.
std::vector<Place> places_of(const std::string& argument);

// A place in each line, and perhaps, after a tab, the student's name. Empty lines and those that begin with # are
// none. Throws UsageError where the file cannot be read or names nothing; a line that leads nowhere is a student's
// whose submission cannot be read.
std::vector<Place> places_listed_in(const std::filesystem::path& file);

// Never throws for what is there. `work`: for clones.
Taken read_place(const Place& place, const Wanted& wanted, const std::filesystem::path& work);
