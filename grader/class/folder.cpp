#include "grader/class/folder.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <stdexcept>

#include "grader/class/zip.hpp"

namespace {

namespace fs = std::filesystem;

bool is_own_folder(const fs::path& path) {
    std::error_code none;
    return fs::is_directory(fs::symlink_status(path, none));
}

Taken read_from(const fs::path& root, const Wanted& wanted) {
    Taken taken;
    for (const std::string& name : wanted) {
        std::error_code none;
        if (!fs::exists(fs::symlink_status(root / name, none))) continue;
        taken.files[name] = read_submitted(root, name);
        struct stat status = {};
        if (lstat((root / name).c_str(), &status) == 0) taken.time = std::max(taken.time.value_or(0), status.st_mtime);
    }
    if (taken.files.empty())
        throw std::runtime_error("has none of the files that are graded, such as " + *wanted.begin());
    return taken;
}

}  // namespace

bool holds_submission(const fs::path& folder) {
    return is_own_folder(folder / "labs") || is_own_folder(folder / "answers");
}

Inside inside(const fs::path& folder) {
    Inside found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path& path = entry.path();
        if (is_of_the_system(path.filename().string())) continue;
        if (entry.is_symlink()) found.others.push_back(path);
        else if (entry.is_directory()) found.folders.push_back(path);
        else if (is_zip(path)) found.zips.push_back(path);
        else found.others.push_back(path);
    }
    for (auto* paths : {&found.folders, &found.zips, &found.others}) std::sort(paths->begin(), paths->end());
    return found;
}

Taken read_folder(const fs::path& folder, const Wanted& wanted) {
    try {
        if (holds_submission(folder)) return read_from(folder, wanted);
        const Inside found = inside(folder);
        std::vector<fs::path> roots;
        std::copy_if(found.folders.begin(), found.folders.end(), std::back_inserter(roots), holds_submission);
        if (roots.size() > 1)
            throw std::runtime_error("has several folders with programs in it, '" + roots[0].filename().string() +
                                     "' and '" + roots[1].filename().string() + "': hand in one");
        if (roots.size() == 1) return read_from(roots.front(), wanted);
        if (found.zips.size() == 1) return read_zip(found.zips.front(), wanted);
        throw std::runtime_error("has no labs/ or answers/ in it, nor one folder or one zip with them");
    } catch (const std::exception& error) {
        return {error.what(), {}, {}};
    }
}
