// Asks a web server, and blocks until it has answered.
//
//     const Answer answer = ask("http://127.0.0.1:8020/404", std::chrono::seconds(10));
//     print_line(answer.text);  // Not Found
//
// Thread-safe: any number of threads may ask at once, each over a connection of its own. The
// thread that asks does all the work itself, and sleeps in the kernel for as long as it waits.
#pragma once

#include <string>

#include "support/duration.hpp"

struct Answer {
    bool arrived = false;  // false: no HTTP answer came, and `text` is "error: WHY"
    std::string text;      // the reason phrase: "OK", "Not Found"
};

// Waits only for the head of the answer: a body that breaks off or never comes does no harm.
// Redirects are not followed. `timeout` is for everything together: the name, the connection, the
// answer. Throws nothing but std::bad_alloc.
Answer ask(const std::string& url, Duration timeout);
