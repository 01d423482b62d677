#include "grader/explore/source_lines.hpp"

#include <cstdio>
#include <sstream>

#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"

namespace explore {

std::vector<std::string> source_lines(const std::filesystem::path& executable, const std::string& name,
                                      const std::vector<std::uint64_t>& addresses) {
    std::vector<std::string> lines(addresses.size());
    const Shared program{std::filesystem::absolute(executable), "/played/program"};
    std::vector<std::string> command = {"addr2line", "-a", "-i", "-e", place_of(program)};
    for (const std::uint64_t address : addresses) {
        char text[32];
        std::snprintf(text, sizeof text, "0x%lx", static_cast<unsigned long>(address));
        command.push_back(text);
    }
    Child child(confined({{program}, ""}, command), plain_environment(), Child::Out::pipe);
    if (child.wait() != Ending{false, 0}) return lines;
    // An address, "0x000...", then its places from the innermost one out: "/lab/labs/ch05_.../exercise.cpp:41".
    std::istringstream text(child.out());
    std::size_t next = 0;
    const std::string folder = "/labs/", file = "/" + name + ".cpp:";  // a trial of it has the same name
    for (std::string line; std::getline(text, line);) {
        if (line.rfind("0x", 0) == 0) ++next;
        const std::size_t at = line.find(file);
        if (at == std::string::npos || line.find(folder) == std::string::npos || next == 0 || next > lines.size() ||
            !lines[next - 1].empty())
            continue;
        const std::string place = line.substr(at + 1);
        lines[next - 1] = place.substr(0, place.find(' '));  // behind it may stand "(discriminator 2)"
    }
    return lines;
}

}  // namespace explore
