// git, started with its arguments as they are: no shell sees them. What git itself has to say goes to stderr.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// Forgets the variables by which a caller's git (a hook, say) would make ours work on another repository.
// Changes the environment: to be called before there are threads.
void forget_other_repositories();

// Runs git in `folder`, and returns what it prints. Throws std::runtime_error where it cannot be started or fails.
std::string git(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

// The same, for a question: its exit code, and stderr goes nowhere.
bool git_agrees(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

struct TrackedFile {
    std::string path;  // from the repository's folder, with '/'
    bool runs = false;
    bool is_plain = true;  // false: a link, or another repository
};

// What is tracked in the repository that begins at `folder`, sorted.
std::vector<TrackedFile> tracked_files(const std::filesystem::path& folder);

// What `git status` does not call clean, sorted: changed, new or removed.
std::vector<std::string> unclean_files(const std::filesystem::path& folder);

// A repository of its own with one commit of all that is in `folder`, ignored files too if `all`. Where there is a
// repository already, only the commit; where that has a commit, nothing: false.
bool commit_first(const std::filesystem::path& folder, const std::string& message, bool all = false);
