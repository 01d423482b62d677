// Where in the student's source an instruction comes from, as the line tables of its build say (addr2line, of binutils,
// which the compiler needs as well).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace explore {

// For each address from the start of the executable: "exercise.cpp:41", the innermost place in the exercise's own
// file; "" where there is none, or nobody can say. `name`: the exercise's.
std::vector<std::string> source_lines(const std::filesystem::path& executable, const std::string& name,
                                      const std::vector<std::uint64_t>& addresses);

}  // namespace explore
