#include "grader/class/repository.hpp"

#include <unistd.h>

#include <regex>
#include <stdexcept>

#include "grader/class/zip.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/scratch.hpp"
#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

// A clone that is this slow is stuck. Git itself gives up before, where nothing comes any more.
constexpr int patience = 10 * patience_seconds;

std::vector<std::string> environment() {
    std::vector<std::string> words;
    for (char** word = environ; *word; ++word)
        if (std::string(*word).rfind("GIT_", 0) != 0) words.emplace_back(*word);
    for (const char* word : {"GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=/bin/false", "SSH_ASKPASS=/bin/false",
                             "GIT_SSH_COMMAND=ssh -oBatchMode=yes", "GIT_ALLOW_PROTOCOL=https:http:ssh:git:file",
                             "GIT_LFS_SKIP_SMUDGE=1", "GIT_HTTP_LOW_SPEED_LIMIT=1", "GIT_HTTP_LOW_SPEED_TIME=60"})
        words.emplace_back(word);
    return words;
}

// What git gives as its reason among other advice; else all that it says.
std::string reason(const std::string& errors) {
    const std::size_t begin = errors.find("fatal: ");
    if (begin == std::string::npos) return errors.empty() ? "it says nothing" : errors;
    return errors.substr(begin, errors.find_first_of("\r\n", begin) - begin);
}

std::string git(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Child child(command, environment(), Child::Out::pipe);
    const auto ending = child.wait(patience);
    if (ending == Ending{false, 127}) throw std::runtime_error("git is not installed here");
    if (!ending) throw std::runtime_error("git " + arguments.front() + " does not come to an end");
    if (*ending != Ending{false, 0}) throw std::runtime_error("git: " + reason(child.errors()));
    return child.out();
}

}  // namespace

bool is_repository(const std::string& text) {
    static const std::regex url("(https?|ssh|git|file)://.*|[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+:.*");
    return std::regex_match(text, url);
}

Taken read_repository(const std::string& url, const Wanted& wanted, const fs::path& work) {
    try {
        const Scratch folder(work, scratch_prefix);
        const std::string clone = folder.path() / "clone", zip = folder.path() / "files.zip";
        git({"clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch", "--no-checkout", "--template=", "--",
             url, clone});
        // Not checked out: the files go from git's store into a zip, and are read as every other zip is.
        git({"-C", clone, "archive", "--format=zip", "-0", "--output=" + zip, "HEAD"});
        Taken taken = read_zip(zip, wanted);
        const std::size_t name = taken.problem.find("the zip");
        if (name != std::string::npos) taken.problem.replace(name, 7, "the repository");
        taken.time = std::stoll(git({"-C", clone, "log", "-1", "--format=%ct", "HEAD"}));
        return taken;
    } catch (const std::exception& error) {
        return {error.what(), {}, {}};
    }
}
