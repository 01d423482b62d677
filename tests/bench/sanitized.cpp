#include "bench/sanitized.hpp"

#include <cstdlib>

#include "bench/ends.hpp"
#include "grader/judge/criterion_environment.hpp"

std::string under_sanitizer(Flavour flavour, const std::function<std::string(Flavour)>& run) {
    const char* objection = std::getenv(variable::objection_to(flavour).c_str());
    const std::string none = objection ? objection : "";
    return none.empty() ? run(flavour) : none;
}

std::string wrong_sanitized_run(Program& program, Rest rest, int exit_code) {
    const std::string finding = found_by_sanitizer(program);
    return finding.empty() ? wrong_end(program, rest, exit_code) : finding;
}
