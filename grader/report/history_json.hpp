// What happened in an order, as JSON and back: for programs that draw it from a report.
#pragma once

#include <nlohmann/json.hpp>

#include "grader/explore/history.hpp"

// At most 100 rows, those that tell most: as in shortened().
nlohmann::ordered_json history_json(const explore::History& history);

// Throws what nlohmann::json throws where this is none.
explore::History history_from(const nlohmann::json& json);
