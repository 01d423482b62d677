// A kit of our own to build with: the real given code and preambles, a build folder that is gone afterwards.
#pragma once

#include "config.hpp"
#include "engine.hpp"
#include "grader/compile/precompiled.hpp"

class SmallKit {
  public:
    enum class Preambles { ready, none };
    explicit SmallKit(Preambles preambles = Preambles::ready) {
        namespace fs = std::filesystem;
        const fs::path libraries = folder_.path() / "labs/support";
        fs::create_directories(libraries);
        for (const auto& entry : fs::directory_iterator(kit_build + std::string("/labs/support")))
            if (const fs::path kind = entry.path().extension(); kind == ".a" || kind == ".link")
                fs::copy(entry.path(), libraries);
        fs::create_directories(preambles_of(kit()).parent_path());
        if (preambles == Preambles::ready)
            fs::create_directory_symlink(preambles_of({kit_root, kit_build}), preambles_of(kit()));
    }
    Kit kit() const { return {kit_root, folder_.path()}; }
    const Folder& folder() const { return folder_; }

  private:
    Folder folder_;
};
