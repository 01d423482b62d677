// The HTML around a page's data.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "grader/pages/assets.hpp"

// A whole file. `title` is what a browser shows in its tab.
std::string page_of(const std::string& title, const Asset& script, const nlohmann::ordered_json& data);
