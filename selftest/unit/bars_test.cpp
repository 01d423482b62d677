// Without gnuplot there is one friendly line, and no shell that complains.
#include "support/bars.hpp"

#include <cstdlib>

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

class Path {
  public:
    explicit Path(const std::string& path) : before_(std::getenv("PATH")) { setenv("PATH", path.c_str(), 1); }
    ~Path() { setenv("PATH", before_.c_str(), 1); }
    Path(const Path&) = delete;
    Path& operator=(const Path&) = delete;

  private:
    std::string before_;
};

}  // namespace

TEST_CASE("gnuplot is looked for in all of PATH") {
    const Folder empty, folder;
    folder.write("gnuplot", "#!/bin/sh\nwhile read -r line; do :; done\n");
    const Path nowhere(empty.path());
    CHECK_FALSE(has_gnuplot());
    CHECK_FALSE(draw("plot x"));

    const Path somewhere(empty.path().string() + ":" + folder.path().string());
    CHECK_FALSE(has_gnuplot());  // it cannot be run
    std::filesystem::permissions(folder.path() / "gnuplot", std::filesystem::perms::owner_all);
    CHECK(has_gnuplot());
    CHECK(draw("plot x"));
}
