// Fetches what a web server holds, and blocks until all of it has arrived.
//
//     const Fetched page = fetch("http://127.0.0.1:8020/item/1");
//     print_line(page.ok ? page.body : page.why);
//
// Thread-safe: any number of threads may fetch at once, each over a connection of its own.
#pragma once

#include <string>

struct Fetched {
    bool ok = false;
    std::string body;  // all of it, where ok
    std::string why;   // where not: "404 Not Found", "connection refused"
};

// The whole body of a 2xx answer. Blocks for as long as it takes: there is no time-out. Redirects are not
// followed, and a body that breaks off before its announced end is a failure.
Fetched fetch(const std::string& url);
