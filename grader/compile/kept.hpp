// What was made once is kept by its recipe: the text of everything that went into it.
//
// A folder's name is a hash of the recipe, which is short and proves nothing; the recipe itself lies in the folder and
// is compared. So no text, however crafted, takes another one's place. Safe to call from several threads, and from
// several processes at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// Parts in a row. Where one ends and the next begins is a part of the text.
class Recipe {
  public:
    void add(std::string_view part);
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

// The folder in `cache` with what was made by this recipe; none where nothing was.
std::optional<std::filesystem::path> kept(const std::filesystem::path& cache, const Recipe& recipe);

// Moves the folder `made`, on the cache's file system, to its place there and returns that; or finds that another
// one was faster, and returns its. Throws std::runtime_error where it cannot be kept.
std::filesystem::path keep(const std::filesystem::path& cache, const Recipe& recipe, const std::filesystem::path& made);
