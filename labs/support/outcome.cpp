#include "support/outcome.hpp"

#include <charconv>

#include "support/one_line.hpp"

Outcome failure(const std::exception& error) {
    return {false, one_line(error.what())};
}

std::string message_of(const Outcome& outcome) {
    const std::string retries = std::to_string(outcome.retries);
    return outcome.ok ? "ok " + retries : "failed " + retries + " " + outcome.why;
}

std::optional<Outcome> outcome_in(std::string_view message) {
    constexpr std::string_view ok = "ok ", failed = "failed ";
    Outcome outcome;
    outcome.ok = message.substr(0, ok.size()) == ok;
    if (!outcome.ok && message.substr(0, failed.size()) != failed) return std::nullopt;
    message.remove_prefix(outcome.ok ? ok.size() : failed.size());
    const char* const end = message.data() + message.size();
    const auto [stopped, error] = std::from_chars(message.data(), end, outcome.retries);
    if (error != std::errc() || outcome.retries < 0) return std::nullopt;
    if (outcome.ok) return stopped == end ? std::optional(outcome) : std::nullopt;
    if (stopped == end || *stopped != ' ') return std::nullopt;
    outcome.why.assign(stopped + 1, end);
    return outcome;
}
