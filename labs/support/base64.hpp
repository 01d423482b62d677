// Base64, RFC 4648: three bytes in four letters, with = where bytes are missing at the end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

std::string to_base64(std::string_view bytes);

// None where the text is no base64.
std::optional<std::string> from_base64(std::string_view text);
