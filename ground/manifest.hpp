// What there is to teach and to grade: every chapter, found by its folder.
//
// A Manifest is plain data: safe to share between threads once read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ground/chapter.hpp"

struct Manifest {
    std::vector<ChapterEntry> chapters;

    // The chapters that `name` asks for: all for "", one for its id or number
    // ("ch01_countdown", "ch01"), one with that single program for a program.
    // None where nothing has that name.
    std::vector<ChapterEntry> select(const std::string& name) const;

    // What select would have accepted, for a message.
    std::string known_names() const;

    std::vector<std::string> program_names(bool exercises_alone) const;
};

// The folders labs/ch*/ with a chapter.json in them, in order. `root` is the kit's folder.
std::vector<std::filesystem::path> chapter_folders(const std::filesystem::path& root);

// All of them. Throws std::runtime_error that names the file and the entry.
Manifest read_manifest(const std::filesystem::path& root);

// Throws std::runtime_error where two chapters have the same number, or two programs the same name.
void require_unique_names(const Manifest& manifest);
