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

std::vector<std::unique_ptr<Server>> start_servers(const std::vector<std::string>& names,
                                                   std::vector<std::string>& arguments, bool usual_alone,
                                                   bool solution) {
    std::vector<std::unique_ptr<Server>> servers;
    for (const std::string& name : names) {
        try {
            servers.push_back(std::make_unique<Server>(server_file(name, solution), Server::Port::usual));
        } catch (const std::runtime_error& error) {
            if (usual_alone) {
                std::cerr << "kit: " << name << " is not started: " << error.what() << std::endl;
                continue;
            }
            servers.push_back(std::make_unique<Server>(server_file(name, solution), Server::Port::any));
        }
        replace_mark(arguments, name, servers.back()->url());
    }
    return servers;
}
