// Sends a body to a web server, and blocks until its answer has arrived.
//
//     const Posted reply = post("http://127.0.0.1:8088/process1", body, std::chrono::seconds(10));
//     print_line(reply.ok ? reply.body : reply.why);
//
// Thread-safe: any number of threads may post at once, each over a connection of its own.
#pragma once

#include <string>

#include "support/duration.hpp"

struct Posted {
    bool ok = false;   // a 2xx answer, all of it
    std::string body;  // of the answer; of an answer that is not ok as well
    std::string why;   // where not ok: "400 Bad Request", "connection refused", "timed out"
};

// `timeout` is for the whole of it. A `token` that is not empty goes along as proof of who asks.
Posted post(const std::string& url, const std::string& body, Duration timeout, const std::string& token = "");
