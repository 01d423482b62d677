#include "tools/release/git.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <stdexcept>

#include "ground/text.hpp"
#include "support/child_program.hpp"

namespace fs = std::filesystem;

namespace {

struct Ended {
    std::string printed;
    int status = 0;
};

Ended run(const fs::path& folder, const std::vector<std::string>& arguments, ChildProgram::Output output) {
    std::vector<std::string> words = {"git", "-C", folder.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    ChildProgram program("/usr/bin/env", words, output);  // it finds git in PATH
    Ended ended;
    for (std::string some; !(some = program.read_some()).empty();) ended.printed += some;
    ended.status = program.wait();
    return ended;
}

// What `-z` printed: each entry ends with a NUL.
std::vector<std::string> entries_of(const std::string& text) {
    std::vector<std::string> entries;
    for (std::size_t at = 0, end = 0; (end = text.find('\0', at)) != std::string::npos; at = end + 1)
        entries.push_back(text.substr(at, end - at));
    return entries;
}

}  // namespace

void forget_other_repositories() {
    for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
                             "GIT_NAMESPACE", "GIT_PREFIX", "GIT_CEILING_DIRECTORIES"})
        unsetenv(name);
}

std::string git(const fs::path& folder, const std::vector<std::string>& arguments) {
    const Ended ended = run(folder, arguments, ChildProgram::Output::to_us);
    if (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0) return ended.printed;
    throw std::runtime_error("git " + arguments.front() + " failed in " + printable(folder.string()));
}

bool git_agrees(const fs::path& folder, const std::vector<std::string>& arguments) {
    const Ended ended = run(folder, arguments, ChildProgram::Output::quietly_to_us);
    return WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
}

std::vector<TrackedFile> tracked_files(const fs::path& folder) {
    std::vector<TrackedFile> files;
    for (const std::string& entry : entries_of(git(folder, {"ls-files", "--stage", "-z"}))) {  // MODE HASH 0\tPATH
        const std::string mode = entry.substr(0, entry.find(' '));
        files.push_back({entry.substr(entry.find('\t') + 1), mode == "100755", mode == "100755" || mode == "100644"});
    }
    return files;
}

std::vector<std::string> unclean_files(const fs::path& folder) {
    std::vector<std::string> files;
    for (const std::string& entry : entries_of(git(folder, {"status", "--porcelain", "--no-renames", "-z"})))
        files.push_back(entry.substr(3));  // "XY PATH"
    return files;
}

bool commit_first(const fs::path& folder, const std::string& message, bool all) {
    if (!fs::exists(folder / ".git")) git(folder, {"init", "--quiet", "--template=", "--initial-branch=main"});
    if (git_agrees(folder, {"rev-parse", "--quiet", "--verify", "HEAD"})) return false;
    std::vector<std::string> add = {"-c", "core.autocrlf=false", "add", "--all"};
    if (all) add.push_back("--force");
    git(folder, add);
    std::vector<std::string> commit = {"-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"};
    if (!git_agrees(folder, {"var", "GIT_COMMITTER_IDENT"}))  // nobody told git who works here
        commit.insert(commit.end(), {"-c", "user.name=Lab kit", "-c", "user.email=kit@localhost"});
    commit.insert(commit.end(), {"commit", "--quiet", "--message", message});
    git(folder, commit);
    return true;
}
