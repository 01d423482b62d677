#include "grader/proc/thread_library.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <vector>

#include "grader/proc/memory.hpp"

namespace {

struct Code {
    std::string library;
    std::uint64_t begin = 0, end = 0;
};

std::string library_in(const std::string& file) {
    const std::string name = file.substr(file.rfind('/') + 1);
    if (name.rfind("libgomp.", 0) == 0 || name.rfind("libomp.", 0) == 0 || name.rfind("libomp5.", 0) == 0)
        return "OpenMP";
    return name.rfind("libtbb.", 0) == 0 ? "oneTBB" : "";
}

// Where those libraries have code.
std::vector<Code> code_of(pid_t process) {
    std::vector<Code> found;
    std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
    for (std::string line; std::getline(maps, line);) {
        const std::string library = library_in(line);
        if (library.empty()) continue;
        Code code{library};
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> code.begin >> dash >> code.end >> rights;
        if (rights.find('x') != std::string::npos) found.push_back(code);
    }
    return found;
}

std::uint64_t stack_pointer_of(pid_t process, pid_t thread) {
    std::ifstream call("/proc/" + std::to_string(process) + "/task/" + std::to_string(thread) + "/syscall");
    std::vector<std::string> words;
    for (std::string word; call >> word;) words.push_back(word);
    constexpr std::size_t number_and_arguments = 7;
    return words.size() > number_and_arguments ? std::stoull(words[number_and_arguments], nullptr, 16) : 0;
}

}  // namespace

std::string library_that_calls(pid_t process, pid_t thread) {
    const std::vector<Code> codes = code_of(process);
    if (codes.empty()) return "";
    constexpr std::size_t words = 512;  // of the stack: what pthread_create has there, and who called it
    const std::uint64_t stack = stack_pointer_of(process, thread);
    for (std::size_t i = 0; i < words && stack != 0; ++i) {
        std::uint64_t word = 0;
        if (!read_memory(thread, stack + 8 * i, &word, sizeof word)) break;
        for (const Code& code : codes)
            if (code.begin <= word && word < code.end) return code.library;
    }
    return "";
}

std::string thread_library_of(pid_t process) {
    const std::vector<Code> codes = code_of(process);
    return codes.empty() ? "" : codes.front().library;
}
