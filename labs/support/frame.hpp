// Messages over a pipe or a socket that stays open: eight bytes say how long a message is, and then it comes.
#pragma once

#include <optional>
#include <string>

// Blocks until all of it is written. False if the other end is closed; where that may happen, a program ignores SIGPIPE.
bool write_frame(int descriptor, const std::string& message);

// Blocks until a whole message has come. None at the end, and if a message breaks off.
std::optional<std::string> read_frame(int descriptor);
