#include "grader/class/roster.hpp"

#include <algorithm>
#include <cctype>

#include "grader/class/quoted_csv.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"
#include "ground/usage_error.hpp"
#include "support/one_line.hpp"

namespace {

using Names = std::vector<std::string>;

const Names names_of_names = {"name", "full name", "full_name", "student", "student name"};
const Names names_of_keys = {"id",     "identifier", "username", "user name",       "login",
                             "github", "email",      "e-mail",   "github_username", "student id"};

bool is_in(const Names& names, const std::string& cell) {
    return std::find(names.begin(), names.end(), in_lower_case(std::string(without_spaces_around(cell)))) !=
           names.end();
}

bool is_utf8(const std::string& text) {
    return printable(text).find("\xEF\xBF\xBD") == std::string::npos;  // what stands for a byte that is none
}

// Words in lower case with one blank between them, and one on each side.
std::string words_of(const std::string& text) {
    std::string words = " ";
    for (const char c : in_lower_case(text)) {
        const bool in_word = std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
        if (in_word) words += c;
        else if (words.back() != ' ') words += ' ';
    }
    return words.back() == ' ' ? words : words + ' ';
}

// How much of the name is this key; 0: it is not.
std::size_t agreement(const std::string& name, const std::string& key) {
    const std::string words = words_of(key);
    if (words == " ") return 0;
    if (name == words) return std::string::npos;
    return name.starts_with(words) || name.ends_with(words) ? words.size() : 0;
}

Enrolled enrolled(const CsvRow& header, const CsvRow& row) {
    Enrolled student;
    for (std::size_t i = 0; i < row.size() && i < header.size(); ++i) {
        const std::string cell(without_spaces_around(row[i]));
        const bool is_name = is_in(names_of_names, header[i]);
        if (cell.empty() || !(is_name || is_in(names_of_keys, header[i]))) continue;
        student.keys.push_back(cell);
        if (is_name) student.name = cell;
    }
    if (student.name.empty() && !student.keys.empty()) student.name = student.keys.front();
    return student;
}

}  // namespace

std::vector<Enrolled> read_roster(const std::filesystem::path& file) {
    const auto wrong = [&](const std::string& what) { return UsageError("--roster " + file.string() + ": " + what); };
    std::vector<CsvRow> rows;
    try {
        const std::string text = read_file(file);
        if (!is_utf8(text)) throw wrong("is not in UTF-8: save it as CSV in UTF-8");
        rows = read_quoted_csv(text);
    } catch (const std::runtime_error& error) {
        if (dynamic_cast<const UsageError*>(&error)) throw;
        throw wrong(std::filesystem::exists(file) ? error.what() : "there is no such file");
    }
    const bool has_header = !rows.empty() && std::any_of(rows[0].begin(), rows[0].end(), [](const std::string& cell) {
        return is_in(names_of_names, cell) || is_in(names_of_keys, cell);
    });
    const CsvRow header = has_header ? rows[0] : CsvRow{"name"};
    std::vector<Enrolled> roster;
    for (std::size_t i = has_header ? 1 : 0; i < rows.size(); ++i)
        if (const Enrolled student = enrolled(header, rows[i]); !student.keys.empty()) roster.push_back(student);
    if (roster.empty()) throw wrong("has no student in it: give a row for each, with an id or a name");
    return roster;
}

std::optional<std::size_t> enrolled_as(const std::vector<Enrolled>& roster, const std::string& submission) {
    const std::string name = words_of(submission);
    std::optional<std::size_t> best;
    std::size_t most = 0;
    for (std::size_t i = 0; i < roster.size(); ++i) {
        std::size_t here = 0;
        for (const std::string& key : roster[i].keys) here = std::max(here, agreement(name, key));
        if (here == 0 || here < most) continue;
        best = here > most ? std::optional(i) : std::nullopt;
        most = here;
    }
    return best;
}
