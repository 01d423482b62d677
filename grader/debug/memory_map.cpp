#include "grader/debug/memory_map.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "grader/proc/memory.hpp"

namespace {

constexpr std::size_t most_memory = 64 * 1024 * 1024;

// Which pages of a mapping are there: those of a stack or of an arena mostly are not.
std::vector<bool> pages_in_use(int pagemap, const Mapping& mapping) {
    std::vector<std::uint64_t> entries((mapping.end - mapping.begin) / page_bytes);
    const ssize_t got =
        pread(pagemap, entries.data(), entries.size() * 8, static_cast<off_t>(mapping.begin / page_bytes * 8));
    std::vector<bool> in_use(entries.size(), mapping.of_a_file);
    for (std::size_t i = 0; i < entries.size() && got > 0 && i < static_cast<std::size_t>(got) / 8; ++i)
        in_use[i] = in_use[i] || (entries[i] >> 62) != 0;  // in memory, or swapped out
    return in_use;
}

}  // namespace

std::vector<Mapping> mappings_of(pid_t process) {
    std::vector<Mapping> found;
    std::ifstream in("/proc/" + std::to_string(process) + "/maps");
    for (std::string line; std::getline(in, line);) {
        std::istringstream fields(line);
        Mapping mapping;
        char dash;
        std::string rights, offset, device;
        unsigned long inode = 0;
        fields >> std::hex >> mapping.begin >> dash >> mapping.end >> rights >> offset >> device >> std::dec >> inode;
        mapping.writable = rights.size() > 1 && rights[0] == 'r' && rights[1] == 'w';
        mapping.of_a_file = inode != 0;
        found.push_back(mapping);
    }
    return found;
}

MemoryPages writable_memory(pid_t process, Address left_out) {
    MemoryPages memory;
    const int pagemap = open(("/proc/" + std::to_string(process) + "/pagemap").c_str(), O_RDONLY | O_CLOEXEC);
    std::size_t taken = 0;
    for (const Mapping& mapping : mappings_of(process)) {
        if (!mapping.writable || mapping.has(left_out)) continue;
        const std::vector<bool> in_use = pages_in_use(pagemap, mapping);
        for (std::size_t i = 0; i < in_use.size() && taken < most_memory; ++i) {
            if (!in_use[i]) continue;
            std::vector<std::uint64_t> words(page_bytes / 8);
            const Address page = mapping.begin + i * page_bytes;
            if (!read_memory(process, page, words.data(), page_bytes)) continue;
            memory.emplace(page, std::move(words));
            taken += page_bytes;
        }
    }
    close(pagemap);
    return memory;
}

std::vector<Address> changed_words(const MemoryPages& before, const MemoryPages& after) {
    std::vector<Address> words;
    const std::vector<std::uint64_t> zeros(page_bytes / 8);  // a page that was not there yet
    for (const auto& [page, now] : after) {
        const auto then = before.find(page);
        const std::vector<std::uint64_t>& old = then == before.end() ? zeros : then->second;
        for (std::size_t i = 0; i < now.size(); ++i)
            if (now[i] != old[i]) words.push_back(page + 8 * i);
    }
    return words;
}
