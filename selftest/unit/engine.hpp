// What the engine's tests share: the small programs in programs/, and a look at what they leave
// behind.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/stage/program.hpp"

using Lines = std::vector<std::string>;

// selftest/unit/programs/NAME.cpp, built.
std::filesystem::path small_program(const std::string& name);

// A word that no other process on this machine has among its arguments.
std::string new_marker();

// How many processes have it, living ones alone.
int processes_with(const std::string& marker);

// A folder of our own that is gone when the block is left.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

    // Writes a file there, with the folders that lead to it.
    void write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

// Wakes whoever fell asleep first, again and again, until nobody is asleep or the program has
// ended.
Rest run_in_turn(Program& program);
