// What the programs behind ./kit share: where the kit is, its manifest, and how they refuse.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "manifest.hpp"
#include "text.hpp"

namespace CLI {
class App;
}

// The command line is wrong: exit 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Runs a tool's work, which returns its exit code. A UsageError is one line on stderr and exit 2,
// any other exception one line and exit 3.
int run_tool(const std::string& name, int (*work)(int argc, char** argv), int argc, char** argv);

// Parses the command line. Throws a UsageError that says what is wrong, and `usage`.
void parse(CLI::App& app, int argc, char** argv, const std::string& usage);

// The folder of the kit: $KIT_ROOT, which ./kit sets, or the nearest one up from here.
std::filesystem::path kit_root();
Manifest kit_manifest();

// Colour, where stdout is a terminal and NO_COLOR does not say otherwise.
Paint terminal_paint();

// Does the terminal, or whatever stdout is, read UTF-8?
bool reads_utf8();

std::string read_file(const std::filesystem::path& file);  // throws std::runtime_error
