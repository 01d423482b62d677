// Folders for a moment's work. One whose owner was killed before it could remove it is told from one at work by its
// lock, which the kernel takes away with the process: so the next grading removes it, and two gradings at
// once leave each other's alone.
#pragma once

#include <filesystem>
#include <string>

// How a folder's name begins, in the system's folder for such, where a program works that no container holds.
constexpr const char* scratch_prefix = "kit-scratch-";

class Scratch {
  public:
    // A new folder PARENT/PREFIXxxxxxx. Throws std::runtime_error with the reason where there can be none.
    Scratch(const std::filesystem::path& parent, const std::string& prefix);
    ~Scratch();  // removes it
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
    int lock_ = -1;
};

// Removes those in `parent` that nobody works in any more. What cannot be removed stays.
void sweep_scratch(const std::filesystem::path& parent, const std::string& prefix);
