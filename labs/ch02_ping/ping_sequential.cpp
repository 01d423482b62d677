// Chapter 2: Ping, one URL after the other (given)
//
// Goal    See what it costs to ask one server at a time: every wait adds up.
// Run     ./kit run ping_sequential
// Expect  The lines come in the order of the URLs; a slow URL holds up all
//         those after it.
// Check   Nothing to do here: the program is given.
// Read    labs/ch02_ping/README.md, step 1

#include <string>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, one after the other");

    bool all_answered = options.complete;
    for (const std::string& url : options.urls) {
        if (!ping(url, options.timeout)) all_answered = false;
    }
    return all_answered ? 0 : 1;
}
