// The web side of processing_server: everything except the threads that do the work.
#pragma once

#include <functional>

#include "support/http_service.hpp"

struct ProcessingServerOptions {
    ServiceOptions service;
    std::string token;  // empty: every client is served
    int workers = 4;
};

// Prints help or a refusal, and ends the program, as Options::parse does.
ProcessingServerOptions parse_processing_server_options(int argc, char** argv);

// The work of one request, to be called once, by any thread: it reads the picture, processes it and hands
// the reply in. It may also be called, or thrown away, after serve has returned; it does nothing then. It
// throws nothing.
using Task = std::function<void()>;

// Serves POST /process1 and /process2 until SIGINT or SIGTERM. The calling thread reads requests and
// sends replies, and hands each request's work to `submit`: while that runs, it does neither.
// Returns the program's exit code.
int serve(const ProcessingServerOptions& options, const std::function<void(Task)>& submit);
