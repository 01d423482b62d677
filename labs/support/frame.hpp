// Messages over a pipe or a socket that stays open: eight bytes say how long each one is, and then it comes.
#pragma once

#include <optional>
#include <string>

// Blocks until all of it has gone. False where the other end is closed: whoever may meet that ignores SIGPIPE.
bool write_frame(int descriptor, const std::string& message);

// Blocks until a whole one has come. None at the end, and where one breaks off.
std::optional<std::string> read_frame(int descriptor);
