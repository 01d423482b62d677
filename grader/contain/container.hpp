// Where a command runs: in namespaces of its own where the system allows
// (bubblewrap), so that it sees the system's libraries, what it is given, and
// nothing else: no network but its own loopback, no solutions, no results, no
// other process. Where namespaces are refused it still runs under the limits,
// and the report says so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct Shared {
    std::filesystem::path outside;
    std::string inside;
    bool writable = false;
};

struct Confinement {
    std::vector<Shared> shared;
    std::string folder;   // to work in; inside. Empty: a scratch folder that vanishes
    bool devices = true;  // false: /dev/null alone, and no /proc
};

namespace variable {
constexpr const char* contained = "KIT_CONTAINED";  // in the environment: what containment() says to a child
}

// "bubblewrap" or "limits". Tried once per process; what a parent that tried before says in `variable::contained` is
// believed.
const std::string& containment();

// `command` with what must stand in front of it. Where nothing confines, the names inside
// mean nothing: use place_of for every path in `command`.
std::vector<std::string> confined(const Confinement& confinement, const std::vector<std::string>& command);

// The name by which the command finds `shared`: its inside name in a container, else the outside one.
std::string place_of(const Shared& shared);

// The environment of whatever is confined: nothing of the grader's own.
std::vector<std::string> plain_environment();
