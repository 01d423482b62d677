// A kit of our own to build with: the real given code, a build folder that is gone afterwards.
#pragma once

#include "config.hpp"
#include "engine.hpp"
#include "grader/compile/build.hpp"

class SmallKit {
  public:
    SmallKit() {
        namespace fs = std::filesystem;
        const fs::path libraries = folder_.path() / "labs/support";
        fs::create_directories(libraries);
        for (const auto& entry : fs::directory_iterator(kit_build + std::string("/labs/support")))
            if (const fs::path kind = entry.path().extension(); kind == ".a" || kind == ".link")
                fs::copy(entry.path(), libraries);
    }
    Kit kit() const { return {kit_root, folder_.path()}; }
    const Folder& folder() const { return folder_; }

  private:
    Folder folder_;
};
