#include "grader/verdict.hpp"

#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "grader/catch.hpp"

namespace {

std::string told(const char* variable) {
    const char* value = std::getenv(variable);
    if (!value) throw std::runtime_error(std::string("criteria are run by ./kit grade, which sets ") + variable);
    return value;
}

}  // namespace

std::string to_record(const Judgement& judgement) {
    const nlohmann::json record = {{"holds", judgement.holds},
                                   {"saw", judgement.saw},
                                   {"expected", judgement.expected},
                                   {"why", judgement.why},
                                   {"read", judgement.read}};
    return record.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
}

std::optional<Judgement> from_record(const std::string& text) {
    const nlohmann::json record = nlohmann::json::parse(text, nullptr, false);
    if (!record.is_object() || text.empty() || text.back() != '\n') return std::nullopt;
    try {
        return Judgement{record.at("holds"), record.at("saw"), record.at("expected"), record.at("why"),
                         record.at("read")};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

void judge(const Judgement& judgement) {
    const std::string record = to_record(judgement);
    const int descriptor = std::stoi(told("KIT_VERDICT_DESCRIPTOR"));
    REQUIRE(write(descriptor, record.data(), record.size()) == static_cast<ssize_t>(record.size()));
    INFO("saw: " << judgement.saw);
    INFO("expected: " << judgement.expected);
    CHECK(judgement.holds);
}

std::string program_name() {
    return told("KIT_PROGRAM");
}

std::filesystem::path executable(Flavour flavour) {
    switch (flavour) {
        case Flavour::thread_sanitizer: return told("KIT_THREAD_SANITIZED");
        case Flavour::address_sanitizer: return told("KIT_ADDRESS_SANITIZED");
        default: return told("KIT_EXECUTABLE");
    }
}
