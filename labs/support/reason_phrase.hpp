// The reason phrase that goes with an HTTP status code: 404 is "Not Found".
//
// Source: IANA's Hypertext Transfer Protocol (HTTP) Status Code Registry,
// https://www.iana.org/assignments/http-status-codes, and 524, which is not registered
// and is seen wherever a proxy waits in vain. Every other code is "Unknown".
#pragma once

#include <string_view>

std::string_view reason_phrase(int status);
