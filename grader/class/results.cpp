#include "grader/class/results.hpp"

#include <sys/stat.h>

#include <stdexcept>

#include "grader/contain/scratch.hpp"
#include "grader/report/report.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* report_file = "report.json";
constexpr const char* work_in_progress = "work-";

// Another number where results of before are not to be read any more.
constexpr const char* version = "class 1";

}  // namespace

Recipe GradingUnit::recipe() const {
    Recipe recipe;
    for (const std::string_view part :
         {std::string_view(version), std::string_view(chapter->id), std::string_view(program->name),
          std::string_view(kit), std::string_view(source)})
        recipe.add(part);
    return recipe;
}

std::string GradingUnit::digest() const {
    return digest_of(recipe().text());
}

int part_of(const GradingUnit& unit, int parts) {
    return static_cast<int>(std::stoull(unit.digest(), nullptr, 16) % static_cast<unsigned long long>(parts)) + 1;
}

KeptResults::KeptResults(fs::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::runtime_error("cannot make the folder " + folder_.string() + ": " + error.message());
    sweep_scratch(folder_, work_in_progress);
}

fs::path KeptResults::place_of(const GradingUnit& unit) const {
    return kept(folder_, unit.recipe()).value_or("");
}

std::optional<UnitResult> KeptResults::find(const GradingUnit& unit) const {
    const fs::path place = place_of(unit);
    if (place.empty()) return std::nullopt;
    try {
        const Grade grade = grade_from_json(read_file(place / report_file));
        struct stat status = {};
        if (grade.programs.size() != 1 || stat((place / report_file).c_str(), &status) != 0) return std::nullopt;
        return UnitResult{grade.programs.front(), grade.contained, status.st_mtime};
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void KeptResults::keep(const GradingUnit& unit, const std::string& report) const {
    if (find(unit)) return;
    if (const fs::path unreadable = place_of(unit); !unreadable.empty()) fs::remove_all(unreadable);
    const Scratch made(folder_, work_in_progress);
    write_report(made.path() / report_file, report);
    fs::permissions(made.path(), fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                     fs::perms::others_read | fs::perms::others_exec);
    ::keep(folder_, unit.recipe(), made.path());
}

std::size_t KeptResults::forget_all_but(const std::set<fs::path>& used) const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder_))
        if (fs::exists(entry.path() / report_file) && !used.contains(entry.path()))
            count += fs::remove_all(entry.path()) > 0 ? 1 : 0;
    return count;
}
