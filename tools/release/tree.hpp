// What a release consists of, before any of it is written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ground/manifest.hpp"

struct Handed {
    std::string text;   // the file's bytes
    bool runs = false;  // is it a program or a script?
};

using Tree = std::map<std::string, Handed>;  // by path from the release's folder, with '/'

// What the templates in release/ do not know: {{NAME}} in a file whose name ends in .in.
using Blanks = std::map<std::string, std::string>;

// The tracked files of the kit in `root` that students get, for these chapters. Links in Markdown to what is left out
// are plain text. Throws std::runtime_error where a file cannot be read, or is no plain file.
Tree given_to_students(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters);

// Adds the templates in release/NAME/, filled in; ".in" is not part of the name that they get. Throws
// std::runtime_error for a blank that has no value.
void add_templates(Tree& tree, const std::filesystem::path& root, const std::string& name, const Blanks& blanks,
                   const std::string& below = "");

// The blanks that speak of chapters.
Blanks blanks_of(const std::vector<ChapterEntry>& chapters);
