// How a task ended.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>

struct Outcome {
    bool ok = false;
    std::string why{};  // if not ok, in one line
    int retries = 0;    // how often it was tried again
};

// The outcome of a task that threw this exception.
Outcome failure(const std::exception& error);

// As bytes, to go from process to process: "ok 0", "failed 3 Connection refused".
std::string message_of(const Outcome& outcome);
std::optional<Outcome> outcome_in(std::string_view message);  // none if it is something else
