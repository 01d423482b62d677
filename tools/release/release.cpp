// ./kit release: what students get, and what services grade with, made of a kit that is committed.
#include <iostream>
#include <set>

#include "ground/csv.hpp"
#include "ground/some_of.hpp"
#include "tools/release/bundles.hpp"
#include "tools/release/git.hpp"
#include "tools/release/hand_out.hpp"
#include "tools/tool.hpp"

namespace {

namespace fs = std::filesystem;

struct Request {
    std::string folder;
    std::string chapters;           // "ch01,ch02"; "" for all
    std::string form = "students";  // --for
};

struct Form {
    const char* name;
    Tree (*tree)(const fs::path&, const std::vector<ChapterEntry>&);
    const char* next;
};

const Form forms[] = {
    {"students", students_repository,
     "Look at it, then push it from there to where students get it. release/README.md says what they could change."},
    {"classroom50", classroom50_bundle,
     "Copy it to CLASSROOM/autograders/ASSIGNMENT/ in your classroom50 repository; release/README.md says more."},
    {"gradescope", gradescope_bundle,
     "Upload autograder.zip as the assignment's autograder; release/README.md says which container it needs."},
};

const Form& form_of(const std::string& name) {
    std::vector<std::string> names;
    for (const Form& form : forms) {
        if (name == form.name || (name == "actions" && form.tree == students_repository)) return form;
        names.push_back(form.name);
    }
    throw UsageError("--for '" + printable(name) + "' is unknown; there are " + list_of(names));
}

std::vector<ChapterEntry> chosen(const Manifest& manifest, const std::string& list) {
    if (list.empty()) return manifest.chapters;
    std::vector<ChapterEntry> chapters;
    std::vector<std::string> known;
    for (const ChapterEntry& chapter : manifest.chapters) known.push_back(chapter.number());
    std::set<std::string> asked;
    for (const std::string& name : cells_of(list)) asked.insert(name);
    for (const ChapterEntry& chapter : manifest.chapters)
        if (asked.erase(chapter.number()) + asked.erase(chapter.id) > 0) chapters.push_back(chapter);
    if (asked.empty()) return chapters;
    throw UsageError("--chapters has '" + printable(*asked.begin()) + "', which is no chapter; there are " +
                     list_of(known) + ", with commas between them");
}

void require_clean(const fs::path& root) {
    if (!fs::exists(root / ".git"))
        throw UsageError("a release is made of what is committed, and " + root.string() + " is no git repository");
    std::vector<std::string> unclean = unclean_files(root);
    for (std::string& file : unclean) file = printable(file);
    if (unclean.empty()) return;
    throw UsageError("a release is made of what is committed, and this is not: " + some_of(unclean) +
                     "; commit it, or put it away with git stash --include-untracked");
}

void require_outside(const fs::path& folder, const fs::path& root) {
    const fs::path inside = fs::weakly_canonical(folder).lexically_relative(fs::weakly_canonical(root));
    if (!inside.empty() && *inside.begin() != "..")
        throw UsageError("'" + printable(folder.string()) + "' is inside the kit; name a folder outside of it");
}

std::string files(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " file" : " files");
}

void tell(const HandedOut& done, const fs::path& folder) {
    std::cout << printable(folder.string()) << ": " << files(done.added) << " added, " << done.updated << " updated, "
              << done.removed.size() << " removed, " << done.unchanged << " as before.\n";
    for (const std::string& path : done.removed) std::cout << "  removed  " << printable(path) << '\n';
    for (const std::string& path : done.kept) std::cout << "  kept     " << printable(path) << '\n';
    if (!done.kept.empty())
        std::cout << "What was kept is not as it was handed out, so it was left alone. To get the kit's version of a "
                     "file, delete it and run this again.\n";
}

int release(int argc, char** argv) {
    Request request;
    CommandLine line("see ./kit release --help");
    line.required("DIR", request.folder);
    line.text("--chapters", "LIST", request.chapters);
    line.text("--for", "FORM", request.form);
    line.parse(argc, argv);

    const fs::path root = kit_root(), folder = request.folder;
    const Form& form = form_of(request.form);
    const bool is_repository = form.tree == students_repository;
    const std::vector<ChapterEntry> chapters = chosen(kit_manifest(), request.chapters);
    forget_other_repositories();
    require_clean(root);
    require_outside(folder, root);
    require_release_or_empty(folder, form.name);
    const Tree tree = form.tree(root, chapters);
    const HandedOut done = hand_out(tree, folder, form.name);
    tell(done, folder);
    if (is_repository && commit_first(folder, "The labs, as they are handed out"))
        std::cout << "Committed, as the first commit of a repository of its own.\n";
    else if (is_repository) std::cout << "Nothing was committed: see git diff there, then commit.\n";
    std::cout << form.next << '\n';
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("release", release, argc, argv);
}
