// What a host of pictures says of an album, and how it says what is wrong.
#pragma once

#include <string>
#include <vector>

// The links of {"data": [{"link": ...}, ...]}. Throws std::runtime_error, with the reason, where the text is no such
// thing.
std::vector<std::string> links_in(const std::string& text);

// The message in {"data": {"error": ...}} or {"errors": [{"detail": ...}]}, on one line; "" where there is none.
std::string error_in(const std::string& text);
