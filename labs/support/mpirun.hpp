// Programs of MPI's, on this machine alone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// The arguments with which /usr/bin/env starts that program as that many ranks, which may be more than cores.
std::vector<std::string> mpirun_arguments(int ranks, const std::filesystem::path& program);
