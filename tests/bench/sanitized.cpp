#include "bench/sanitized.hpp"

#include <cstdlib>

#include "bench/ends.hpp"

std::string under_sanitizer(Flavour flavour, const std::function<std::string(Flavour)>& run) {
    const char* variable = flavour == Flavour::thread_sanitizer ? "KIT_THREAD_OBJECTION" : "KIT_ADDRESS_OBJECTION";
    const char* objection = std::getenv(variable);
    const std::string none = objection ? objection : "";
    return none.empty() ? run(flavour) : none;
}

std::string wrong_sanitized_run(Program& program, Rest rest, int exit_code) {
    const std::string finding = found_by_sanitizer(program);
    return finding.empty() ? wrong_end(program, rest, exit_code) : finding;
}
