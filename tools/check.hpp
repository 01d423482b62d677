// ./kit check: is everything in step? Each part adds what it finds to one list of problems.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ground/manifest.hpp"

struct Problem {
    std::string where;  // a file or an entry, from the kit's folder
    std::string what;   // what is wrong with it
    std::string what_to_do;
};

class Check {
  public:
    explicit Check(std::filesystem::path root);

    void fail(const std::string& where, const std::string& what, const std::string& what_to_do);
    void count(const std::string& what);  // one more of them was looked at

    std::filesystem::path path(const std::string& file) const { return root_ / file; }
    bool exists(const std::string& file) const { return std::filesystem::exists(path(file)); }
    std::string text(const std::string& file) const;  // empty where it cannot be read

    // The names in a folder, sorted; none where it does not exist.
    std::vector<std::string> names_in(const std::string& folder) const;

    // All files with one of these extensions, sorted; neither the build's nor git's.
    std::vector<std::string> files_with(const std::vector<std::string>& extensions) const;

    // A student's copy has neither: what needs them is not looked at.
    bool has_solutions() const { return exists("solutions"); }
    bool has_tests() const { return exists("tests"); }
    bool has_submissions() const { return exists("selftest/submissions"); }

    const std::vector<Problem>& problems() const { return problems_; }
    std::string counts() const;  // "1 chapter, 4 programs"

  private:
    std::filesystem::path root_;
    std::vector<Problem> problems_;
    std::vector<std::pair<std::string, int>> counts_;
};

void check_chapter(Check& check, const ChapterEntry& chapter);
void check_reads(Check& check, const ChapterEntry& chapter);
void check_words(Check& check, const Manifest& manifest);
void check_floors(Check& check);
void check_links(Check& check);
void check_format(Check& check);
void check_all(Check& check);
