// Is it UTF-8? No overlong forms, no surrogates, nothing beyond U+10FFFF (RFC 3629).
#pragma once

#include <string_view>

bool is_utf8(std::string_view text);
