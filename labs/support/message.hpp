// The message that a worker process sends to its parent, and the line that is made from it.
//
// As bytes, to go through a pipe: a header line, then the body.
//
//     ok 65536\n...65536 bytes...
//     failed 404 Not Found\n
//
// The header says how many bytes will follow, so that the parent notices a message that breaks off.
#pragma once

#include <string>
#include <string_view>

#include "support/fetch.hpp"

std::string message_of(const Fetched& fetched);

struct Result {
    bool ok = false;
    std::string text;  // "65536 bytes, crc32 0a1b2c3d" or "failed: 404 Not Found"
};

Result result_of(const Fetched& fetched);

// For a worker process: all bytes that came from it, and its status from waitpid. A worker that was killed
// has failed, even after a whole message.
Result result_of(std::string_view message, int status);
