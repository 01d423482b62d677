#include "grader/proc/thread_library.hpp"

#include <fstream>
#include <sstream>

#include "grader/proc/memory.hpp"

namespace {

std::string library_in(const std::string& file) {
    const std::string name = file.substr(file.rfind('/') + 1);
    if (name.rfind("libgomp.", 0) == 0 || name.rfind("libomp.", 0) == 0 || name.rfind("libomp5.", 0) == 0)
        return "OpenMP";
    return name.rfind("libtbb.", 0) == 0 ? "oneTBB" : "";
}

std::vector<LibraryCode> code_of(pid_t process) {
    std::vector<LibraryCode> found;
    std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
    for (std::string line; std::getline(maps, line);) {
        const std::string library = library_in(line);
        if (library.empty()) continue;
        LibraryCode code{library};
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

std::string ThreadLibraries::that_calls(pid_t process, pid_t thread) {
    auto known = code_.find(process);
    if (known == code_.end()) known = code_.emplace(process, code_of(process)).first;
    if (known->second.empty()) return "";
    std::uint64_t stack = stack_pointer_of(process, thread);
    if (stack == 0) return "";
    // What pthread_create has on the stack, and who called it: in pieces, since the stack may end before.
    for (int piece = 0; piece < 8; ++piece) {
        std::uint64_t words[64];
        if (!read_memory(thread, stack, words, sizeof words)) break;
        for (const std::uint64_t word : words)
            for (const LibraryCode& code : known->second)
                if (code.begin <= word && word < code.end) return code.library;
        stack += sizeof words;
    }
    return "";
}

std::string thread_library_of(pid_t process) {
    const std::vector<LibraryCode> codes = code_of(process);
    return codes.empty() ? "" : codes.front().library;
}
