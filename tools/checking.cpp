// What all parts of ./kit check look at, and the parts in their order.
#include <algorithm>
#include <stdexcept>

#include "ground/file.hpp"
#include "ground/text.hpp"
#include "tools/check.hpp"

namespace fs = std::filesystem;

Check::Check(fs::path root) : root_(std::move(root)) {}

void Check::fail(const std::string& where, const std::string& what, const std::string& what_to_do) {
    problems_.push_back({where, what, what_to_do});
}

void Check::count(const std::string& what) {
    for (auto& [name, number] : counts_) {
        if (name != what) continue;
        ++number;
        return;
    }
    counts_.emplace_back(what, 1);
}

std::string Check::counts() const {
    std::vector<std::string> parts;
    for (const auto& [name, number] : counts_) {
        parts.push_back(std::to_string(number) + " " + name + (number == 1 ? "" : "s"));
    }
    return list_of(parts);
}

std::string Check::text(const std::string& file) const {
    try {
        return read_file(path(file));
    } catch (const std::exception&) {
        return "";
    }
}

std::vector<std::string> Check::names_in(const std::string& folder) const {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(path(folder), none))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

namespace {

// Neither the build's files nor git's are the kit's.
bool is_foreign(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name == ".git" || name == ".cache" || name == "build" || name.rfind("build-", 0) == 0;
}

}  // namespace

std::vector<std::string> Check::files_with(const std::vector<std::string>& extensions) const {
    std::vector<std::string> files;
    auto it = fs::recursive_directory_iterator(root_, fs::directory_options::skip_permission_denied);
    for (; it != fs::recursive_directory_iterator(); ++it) {
        if (it->is_directory() && is_foreign(it->path())) it.disable_recursion_pending();
        const std::string extension = it->path().extension().string();
        if (std::find(extensions.begin(), extensions.end(), extension) != extensions.end())
            files.push_back(it->path().lexically_relative(root_).generic_string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

namespace {

// Each chapter by itself: a mistake in one hides nothing of the others.
Manifest read_chapters(Check& check) {
    Manifest manifest;
    for (const fs::path& folder : chapter_folders(check.path(""))) {
        try {
            manifest.chapters.push_back(read_chapter(folder));
        } catch (const std::runtime_error& error) {
            const std::string file = "labs/" + folder.filename().string() + "/chapter.json";
            const std::string what = error.what();  // begins with the file's whole path
            const std::size_t at = what.find(file);
            check.fail(file, what.substr(at == std::string::npos ? 0 : what.find_first_not_of(":, ", at + file.size())),
                       "Nothing else about this chapter can be looked at before.");
        }
    }
    try {
        require_unique_names(manifest);
    } catch (const std::runtime_error& error) {
        check.fail("labs", error.what(), "Rename one of them.");
    }
    return manifest;
}

// A chapter's folder without the chapter.
void check_folders(Check& check) {
    for (const std::string folder : {"labs", "solutions", "tests", "selftest/submissions/right",
                                     "selftest/submissions/wrong", "selftest/submissions/steps"}) {
        for (const std::string& name : check.names_in(folder)) {
            if (name.substr(0, 2) == "ch" && !check.exists("labs/" + name + "/chapter.json")) {
                check.fail(folder + "/" + name, "belongs to no chapter: there is no labs/" + name + "/chapter.json",
                           "Write that file, or delete this.");
            }
        }
    }
}

}  // namespace

void check_all(Check& check) {
    check_folders(check);
    const Manifest manifest = read_chapters(check);
    for (const ChapterEntry& chapter : manifest.chapters) {
        check_chapter(check, chapter);
        check_reads(check, chapter);
    }
    check_words(check, manifest);
    check_floors(check);
    check_links(check);
    check_format(check);
}
