#include "grader/judge/sanitizer.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace {

std::string line_at(const std::string& text, std::size_t at) {
    return text.substr(at, text.find('\n', at) - at);
}

std::size_t first_of(const std::string& text, const std::vector<std::string>& words) {
    std::size_t first = std::string::npos;
    for (const std::string& word : words) first = std::min(first, text.find(word));
    return first;
}

std::size_t finding_in(const std::string& errors) {
    // With the colon: without it AddressSanitizer talks about itself.
    return first_of(errors, {"WARNING: ThreadSanitizer", "ERROR: AddressSanitizer:", "runtime error: "});
}

}  // namespace

Setting sanitized(Flavour flavour, Setting setting) {
    setting.sanitized = true;
    setting.environment.push_back(flavour == Flavour::thread_sanitizer
                                      ? "TSAN_OPTIONS=halt_on_error=1:exitcode=66:report_bugs=1:"
                                        "report_thread_leaks=1:report_signal_unsafe=1:suppressions="
                                      : "ASAN_OPTIONS=halt_on_error=1:exitcode=99:detect_leaks=0:"
                                        "verify_asan_link_order=0:detect_stack_use_after_return=1");
    return setting;
}

std::string sanitizer_died(const std::string& errors) {
    struct Death {
        std::vector<std::string> words;
        std::string remedy;
    };
    const Death deaths[] = {
        {{"unexpected memory mapping", "incompatible memory layout", "Shadow memory range interleaves"},
         "It needs the system call personality, which this container may refuse: allow that, or set the system's "
         "vm.mmap_rnd_bits to 28"},
        {{"Sanitizer failed to ", "ReserveShadowMemoryRange failed"},
         "It needs more memory than it may have: lift the limit on address space (ulimit -v unlimited), or give "
         "the container more memory"},
        {{"FATAL: ThreadSanitizer", "Sanitizer CHECK failed", "Sanitizer: CHECK failed"},
         "Grade again; if that does not help, use another version of the compiler"}};
    for (const auto& [words, remedy] : deaths) {
        const std::size_t at = first_of(errors, words);
        if (at >= finding_in(errors)) continue;
        const std::size_t begin = at == 0 ? at : errors.rfind('\n', at - 1) + 1;  // npos + 1 is 0
        return "the sanitizer cannot go on: \"" + line_at(errors, begin) + "\". " + remedy + ".";
    }
    return "";
}

std::string found_by_sanitizer(const Program& program) {
    const std::string& said = program.errors();
    if (const std::string death = sanitizer_died(said); !death.empty()) throw std::runtime_error(death);
    const std::size_t finding = finding_in(said);
    if (finding == std::string::npos) return "";
    const std::size_t summary = said.find("SUMMARY: ", finding);
    return line_at(said, summary == std::string::npos ? finding : summary);
}
