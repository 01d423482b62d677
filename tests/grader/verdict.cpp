#include "grader/verdict.hpp"

#include <nlohmann/json.hpp>

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
