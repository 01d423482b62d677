#include "tools/servers.hpp"

#include <iostream>
#include <stdexcept>

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
                std::cerr << "kit: " << entry.name << " is not started: " << error.what() << std::endl;
                continue;
            }
            start(Server::Port::any);
        }
        replace_mark(arguments, entry.name, servers.back()->url());
    }
    return servers;
}
