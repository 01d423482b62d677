#include "bench/criterion.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "bench/catch.hpp"
#include "bench/words.hpp"
#include "grader/contain/inherited.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/judge/criterion_environment.hpp"

namespace {

// Before Catch2's main, which we do not write.
[[maybe_unused]] const bool is_put_right = (put_inherited_right(), true);

std::string told(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (!value) throw std::runtime_error("criteria are run by ./kit grade, which sets " + name);
    return value;
}

// Evidence is for people to read, and the pipe of the verdicts takes no more than 64 KiB at once.
std::string clipped(const std::string& text) {
    constexpr std::size_t most = 2'000;
    return text.size() <= most ? text : text.substr(0, most) + "... (" + std::to_string(text.size()) + " bytes)";
}

// Records a failure of the kit's own: an exception that no criterion expected.
void tell(const std::exception& error) {
    const char* descriptor = std::getenv(variable::verdict_descriptor);
    if (!descriptor) return;
    const std::string record = to_failure_record(clipped(cause_of(error)));
    [[maybe_unused]] const ssize_t written = write(std::stoi(descriptor), record.data(), record.size());
}

}  // namespace

// Catch2 asks for the words of whatever a test case throws.
CATCH_TRANSLATE_EXCEPTION(const std::exception& error) {
    tell(error);
    return error.what();
}

void judge(const Judgement& full) {
    const Judgement judgement{full.holds,
                              clipped(hang_first(full.saw)),
                              clipped(full.expected),
                              clipped(full.why),
                              clipped(full.read),
                              clipped(full.schedule),
                              full.order};
    const std::string record = to_record(judgement);
    const int descriptor = std::stoi(told(variable::verdict_descriptor));
    REQUIRE(write(descriptor, record.data(), record.size()) == static_cast<ssize_t>(record.size()));
    INFO("saw: " << judgement.saw);
    INFO("expected: " << judgement.expected);
    CHECK(judgement.holds);
}

std::string program_name() {
    return told(variable::program);
}

std::filesystem::path executable(Flavour flavour) {
    return told(variable::executable_of(flavour));
}
