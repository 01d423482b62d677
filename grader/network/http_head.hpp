// The head of an HTTP message.
#pragma once

#include <string>

// What stands behind `name` in the head, "" where it is not there.
std::string header_of(const std::string& head, const std::string& name);
