#include "tools/release/bundles.hpp"

#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

#include "ground/file.hpp"
#include "support/command.hpp"
#include "tools/release/git.hpp"

namespace fs = std::filesystem;

namespace {

// A folder of our own that is gone when the block is left.
class Scratch {
  public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "kit-release.XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw std::runtime_error("no folder can be made in " + fs::temp_directory_path().string());
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

void write_all(const Tree& tree, const fs::path& folder) {
    for (const auto& [path, handed] : tree) {
        fs::create_directories((folder / path).parent_path());
        write_file(folder / path, handed.text);
        if (handed.runs) fs::permissions(folder / path, fs::perms::owner_exec, fs::perm_options::add);
    }
}

std::string without_line_end(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

// git makes zips, with each file's right to be run, dated as the commit is.
std::string zip_of(const Tree& tree, const std::string& date) {
    const Scratch scratch;
    const fs::path folder = scratch.path() / "tree", zip = scratch.path() / "zip";
    fs::create_directory(folder);
    write_all(tree, folder);
    setenv("GIT_AUTHOR_DATE", date.c_str(), 1);
    setenv("GIT_COMMITTER_DATE", date.c_str(), 1);
    commit_first(folder, "The autograder", /*all=*/true);
    git(folder, {"-c", "core.autocrlf=false", "archive", "--format=zip", "--output", zip.string(), "HEAD"});
    return read_file(zip);
}

// One list of packages: the kit's own.
std::string packages_as_json(const fs::path& root, const std::vector<ChapterEntry>& chapters) {
    std::set<std::string> names;
    for (const ChapterEntry& chapter : chapters) {
        std::istringstream lines(output_of(root / "kit", {"install", "--list", "apt-get", chapter.number()}));
        for (std::string name; std::getline(lines, name);) names.insert(name);
    }
    return nlohmann::json(names).dump();
}

}  // namespace

Tree students_repository(const fs::path& root, const std::vector<ChapterEntry>& chapters) {
    Tree tree = given_to_students(root, chapters);
    for (const char* const name : {"everybody", "actions"}) add_templates(tree, root, name, blanks_of(chapters));
    return tree;
}

Tree classroom50_bundle(const fs::path& root, const std::vector<ChapterEntry>& chapters) {
    Tree bundle;
    for (const auto& [path, handed] : given_to_students(root, chapters)) bundle["kit/" + path] = handed;
    Blanks blanks = blanks_of(chapters);
    blanks["packages"] = packages_as_json(root, chapters);
    add_templates(bundle, root, "classroom50", blanks);
    return bundle;
}

Tree gradescope_bundle(const fs::path& root, const std::vector<ChapterEntry>& chapters) {
    Tree inside = given_to_students(root, chapters);
    add_templates(inside, root, "gradescope", blanks_of(chapters));
    const std::string date = without_line_end(git(root, {"log", "-1", "--format=%cI"}));
    return {{"autograder.zip", {zip_of(inside, date)}}};
}
