// What the programs behind ./kit share: where the kit is, its manifest, and how they refuse.
#pragma once

#include <filesystem>
#include <string>

#include "ground/command_line.hpp"
#include "ground/file.hpp"
#include "ground/manifest.hpp"
#include "ground/style.hpp"
#include "ground/text.hpp"

// Runs a tool's work, which returns its exit code. A UsageError is one line on stderr and exit 2,
// any other exception one line and exit 3.
int run_tool(const std::string& name, int (*work)(int argc, char** argv), int argc, char** argv);

// The folder of the kit: $KIT_ROOT, which ./kit sets, or the nearest one up from here.
std::filesystem::path kit_root();
Manifest kit_manifest();

// Both throw std::runtime_error that says what is missing on this machine: for the chapter's programs, for that one.
void require_built(const ChapterEntry& chapter);
void require_built(const ProgramEntry& program);

// Colour, where stdout is a terminal and NO_COLOR does not say otherwise.
Paint terminal_paint();
