#include "grader/judge/record.hpp"

#include <nlohmann/json.hpp>

namespace {

std::string one_line(const nlohmann::json& record) {
    return record.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_record(const Judgement& judgement) {
    const nlohmann::json record = {{"holds", judgement.holds},       {"saw", judgement.saw},
                                   {"expected", judgement.expected}, {"why", judgement.why},
                                   {"read", judgement.read},         {"schedule", judgement.schedule},
                                   {"order", judgement.order}};
    return one_line(record);
}

std::optional<Judgement> from_record(const std::string& text) {
    const nlohmann::json record = nlohmann::json::parse(text, nullptr, false);
    if (!record.is_object() || text.empty() || text.back() != '\n') return std::nullopt;
    try {
        return Judgement{record.at("holds"), record.at("saw"),      record.at("expected"), record.at("why"),
                         record.at("read"),  record.at("schedule"), record.at("order")};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string to_failure_record(const std::string& cause) {
    return one_line({{"failed", cause}});
}

std::string failure_from_record(const std::string& text) {
    if (text.empty() || text.back() != '\n') return "";
    const std::size_t begin = text.rfind('\n', text.size() - 2);
    const std::string last = text.substr(begin == std::string::npos ? 0 : begin + 1);
    const nlohmann::json record = nlohmann::json::parse(last, nullptr, false);
    const bool failed =
        record.is_object() && record.size() == 1 && record.contains("failed") && record["failed"].is_string();
    return failed ? record["failed"].get<std::string>() : "";
}
