// Lines for a chat's server to choke on: the same ones each time.
#pragma once

#include <string>
#include <vector>

// One of each kind of request.
std::vector<std::string> good_chat_lines();

// None of them is a request.
std::vector<std::string> bad_chat_lines();

// Good ones cut short at every byte, and with a byte changed, left out or doubled: most are bad, and some may be good.
std::vector<std::string> damaged_chat_lines();
