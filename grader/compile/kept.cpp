#include "grader/compile/kept.hpp"

#include <stdexcept>

#include "ground/file.hpp"
#include "ground/text.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* recipe_file = "recipe";

// Its folder, or the one that it would get.
fs::path place_of(const fs::path& cache, const Recipe& recipe) {
    const std::string name = digest_of(recipe.text());
    for (int others = 0;; ++others) {
        const fs::path place = cache / (others == 0 ? name : name + "-" + std::to_string(others));
        if (!fs::exists(place) || read_if_there(place / recipe_file) == recipe.text()) return place;
    }
}

}  // namespace

void Recipe::add(std::string_view part) {
    text_ += std::to_string(part.size());
    text_ += ':';
    text_ += part;
}

std::optional<fs::path> kept(const fs::path& cache, const Recipe& recipe) {
    const fs::path place = place_of(cache, recipe);
    return fs::exists(place) ? std::optional(place) : std::nullopt;
}

fs::path keep(const fs::path& cache, const Recipe& recipe, const fs::path& made) {
    write_file(made / recipe_file, recipe.text());
    for (;;) {
        const fs::path place = place_of(cache, recipe);
        if (fs::exists(place)) return place;
        std::error_code failure;
        fs::rename(made, place, failure);  // a folder takes the place of none, or of an empty one
        if (!failure) return place;
        if (failure != std::errc::directory_not_empty && failure != std::errc::file_exists)
            throw std::runtime_error("cannot keep what was built in " + place.string() + ": " + failure.message());
    }
}
