// The URLs of the programs that fetch: chapters 4 and 5.
#pragma once

#include <string>
#include <vector>

struct FetchOptions {
    std::vector<std::string> urls;  // of workers 1, 2, ...
};

// Prints help or a refusal, and ends the program, as Options::parse does. Prepares HTTP, so that children
// that are forked later can use it.
FetchOptions parse_fetch_options(int argc, char** argv, const std::string& purpose);
