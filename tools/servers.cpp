#include "tools/servers.hpp"

#include <cerrno>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include "tools/marks.hpp"
#include "tools/tool.hpp"

namespace {

// The program of that name: given, or the exercise, finished or the one in labs/.
std::filesystem::path server_file(const std::string& name, bool solution) {
    const std::filesystem::path build = kit_root() / "build";
    for (const ChapterEntry& chapter : kit_manifest().select(name))
        return build / (solution ? "solutions" : "labs") / chapter.id / name;
    return build / "labs/support" / name;
}

// A server that is there already is what the program asked for: most often one that runs in another terminal.
std::string in_place_of(const std::string& name, const std::string& error) {
    const std::string taken = ": " + std::generic_category().message(EADDRINUSE);
    const std::string cannot = "cannot listen on ";
    const std::size_t at = error.find(cannot), end = error.find(taken);
    if (at == std::string::npos || end == std::string::npos) return name + " is not started: " + error;
    const std::size_t from = at + cannot.size();
    return "a server already listens on " + error.substr(from, end - from) + "; the program talks to that one";
}

}  // namespace

std::vector<std::unique_ptr<Server>> start_servers(const ChapterEntry& chapter, const std::vector<ServerEntry>& entries,
                                                   std::vector<std::string>& arguments, bool usual_alone, bool solution,
                                                   bool fast) {
    std::vector<std::unique_ptr<Server>> servers;
    for (const ServerEntry& entry : entries) {
        std::vector<std::string> its_own = fast ? entry.fast_arguments : entry.arguments;
        put_folders(its_own, chapter, solution);
        const auto start = [&](Server::Port port) {
            servers.push_back(std::make_unique<Server>(server_file(entry.name, solution), port, its_own));
        };
        try {
            start(Server::Port::usual);
        } catch (const std::runtime_error& error) {
            if (usual_alone) {
                std::cerr << "kit: " << in_place_of(entry.name, error.what()) << std::endl;
                continue;
            }
            start(Server::Port::any);
        }
        replace_mark(arguments, entry.name, servers.back()->url());
    }
    return servers;
}
