// A web server that one thread runs: it sleeps until a connection, a timer or an answer has something
// for it (libevent). Whoever needs time for an answer takes it elsewhere, and hands the answer in later.
//
//     const auto on_request = [](const Request& request, const Answer& answer) {
//         answer({200, "you asked for " + request.path});
//     };
//     return run_service(options, on_request);
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/duration.hpp"
#include "support/listener.hpp"

// One network link, shared by all requests and their answers, one after the other: each body takes so
// long to pass, and arrives so much later. A timer, and no thread, waits for it.
struct Link {
    Duration delay{0};
    std::int64_t rate = 0;  // bytes a second; 0: as fast as the machine is
};

struct ServiceOptions : ListenOptions {
    std::size_t largest_body = 64 << 10;  // beyond it: 413
    Link link;
};

// One request, when the last byte of it has come.
struct Request {
    std::string method, path, query, body;  // "POST", "/process1", "size=4&sleep=2"
    std::string authorization, host;        // those headers
};

struct Reply {
    int status = 200;
    std::string body;
    std::string type = "text/plain; charset=utf-8";
    Duration delay{0};                                           // before it is sent
    std::vector<std::pair<std::string, std::string>> headers{};  // more of them: names and values
    bool hang_up = false;                                        // closes the connection, and sends nothing
};

// Sends the reply to its request. To be called once, by any thread, at any time: even when the client
// has hung up, or when the service has ended; then nothing happens.
using Answer = std::function<void(Reply)>;

// Called by the thread that runs the service, which serves nobody until it returns.
using OnRequest = std::function<void(Request, const Answer&)>;

// Prints the address on stdout, and serves until SIGINT or SIGTERM; what has no answer by then gets
// none. Returns 0; or 1, and a line on stderr, where it cannot listen.
int run_service(const ServiceOptions& options, const OnRequest& on_request);
