// What the programs of chapter 7 are asked for.
#pragma once

#include <string>

#include "support/connect.hpp"
#include "support/duration.hpp"
#include "support/options.hpp"

struct SendOptions {
    std::string executor;                        // the program's name
    std::string sender;                          // the name on its messages: another one in each run
    Address host{"127.0.0.1", "8070"};           // the chat server
    int tasks = 32;                              // of each sample
    Range<int> workers{8, 8};                    // least and most, which are the same where they are fixed
    int samples = 5;                             // measured one after the other
    Duration timeout = std::chrono::seconds(2);  // of one try
    int retries = 3;                             // of one task, at most
};

enum class WorkerCount { fixed, range };  // range: --workers may be MIN..MAX

// Prints help or a refusal, and ends the program, as Options::parse does.
SendOptions parse_send_options(int argc, char** argv, const std::string& executor, const std::string& purpose,
                               WorkerCount workers = WorkerCount::fixed);
