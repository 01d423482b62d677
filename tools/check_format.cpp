// Does every C++ file follow .clang-format? Looked at where clang-format is installed.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>

#include "tools/check.hpp"

namespace {

struct CloseCommand {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

// What a command prints. Nothing where it cannot be started.
std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, CloseCommand> pipe(popen(command.c_str(), "r"));
    std::string text;
    char some[4096];
    while (const std::size_t count = pipe ? std::fread(some, 1, sizeof some, pipe.get()) : 0) text.append(some, count);
    return text;
}

// Those of these files that are not as clang-format would write them.
std::set<std::string> badly_formatted(const std::string& root, const std::vector<std::string>& files) {
    std::string command = "cd '" + root + "' && clang-format --dry-run --ferror-limit=1";
    for (const std::string& file : files) command += " '" + file + "'";
    const std::string said = output_of(command + " 2>&1");
    std::set<std::string> found;
    for (std::size_t at = 0, end = 0; (end = said.find('\n', at)) != said.npos; at = end + 1) {
        const std::string line = said.substr(at, end - at);
        if (line.find("[-Wclang-format-violations]") != line.npos) found.insert(line.substr(0, line.find(':')));
    }
    return found;
}

}  // namespace

void check_format(Check& check) {
    constexpr std::size_t at_once = 200;  // as many names as one command takes on every system
    if (!check.exists(".clang-format") || output_of("clang-format --version 2>/dev/null").empty()) return;
    const std::vector<std::string> files = check.files_with({".cpp", ".hpp"});
    for (std::size_t from = 0; from < files.size(); from += at_once) {
        const auto first = files.begin() + static_cast<long>(from);
        const std::vector<std::string> some(first, first + static_cast<long>(std::min(at_once, files.size() - from)));
        for (std::size_t i = 0; i < some.size(); ++i) check.count("source file");
        for (const std::string& file : badly_formatted(check.path("").string(), some))
            check.fail(file, "does not follow .clang-format", "Run clang-format -i " + file + ".");
    }
}
