// Who should have handed in: a table of a class (CSV, in UTF-8).
//
// Where its first row has a cell such as id, name, username, email or identifier, it is a header, and the columns of
// these names identify a student; name, or full name, is what the student is called. Otherwise there is no header, and
// the first column does both.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct Enrolled {
    std::string name;
    std::vector<std::string> keys;  // what identifies them, at least one; none is empty
};

// Throws UsageError that names the file.
std::vector<Enrolled> read_roster(const std::filesystem::path& file);

// Whose a submission of that name is: its name is one of the student's keys, or begins or ends with one, in whole words
// (Moodle's "Alice Smith_123_assignsubmission_file", GitHub Classroom's "countdown-alice"). Capitals, and which signs
// are between the words, do not matter. The longest key counts; where two students have it, it is neither's.
std::optional<std::size_t> enrolled_as(const std::vector<Enrolled>& roster, const std::string& submission);
