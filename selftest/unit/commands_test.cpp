// Every `./kit run` in a README's code block runs: a student pastes it as it is.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <set>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/patience.hpp"
#include "ground/file.hpp"
#include "ground/manifest.hpp"
#include "tools/sources.hpp"

namespace {

namespace fs = std::filesystem;

// The commands that run a program, each once. What ./kit does first, building it, is done.
std::set<std::string> runs() {
    const std::string lead = "./kit run ";
    std::set<std::string> found;
    for (const fs::path& folder : chapter_folders(kit_root))
        for (const std::string& command : kit_commands(read_file(folder / "README.md")))
            if (command.rfind(lead, 0) == 0 && command.find("--sanitize") == std::string::npos)
                found.insert(command.substr(lead.size()));
    return found;
}

// How it ended where it did not run: it refused its flags, was not there, or was killed; "".
std::string problem(const std::string& command, const fs::path& log) {
    const std::string run = "cd '" + std::string(kit_root) + "' && '" + kit_build + "/tools/run' " + command;
    const std::string script = log.string() + ".sh";
    write_file(script, run + "\n");
    // One measures for most of a minute on an idle machine: a server that never ends costs this wait, no other one does.
    constexpr int longest = 20 * patience_seconds;
    const std::string bounded = "timeout " + std::to_string(longest) + " sh '" + script + "'";
    const int status = std::system((bounded + " >'" + log.string() + "' 2>&1 </dev/null").c_str());
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1) return "";
    if (WIFEXITED(status) && WEXITSTATUS(status) == 124) return "./kit run " + command + " does not end";
    return "./kit run " + command + " ended with status " + std::to_string(status) + ": " + read_file(log);
}

}  // namespace

TEST_CASE("each ./kit run in a README runs, pasted as it is") {
    const Folder folder;
    std::vector<std::future<std::string>> problems;
    const std::set<std::string> commands = runs();
    REQUIRE(commands.size() > 20);
    for (const std::string& command : commands) {
        const fs::path log = folder.path() / std::to_string(problems.size());
        problems.push_back(std::async(std::launch::async, [command, log] { return problem(command, log); }));
    }
    for (std::future<std::string>& each : problems) CHECK(each.get() == "");
}
