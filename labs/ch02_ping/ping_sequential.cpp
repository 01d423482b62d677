// Chapter 2: Ping, one URL after the other (given)
//
// Goal    See that who asks one server at a time waits for each in full.
// Run     ./kit run ping_sequential
// Expect  The lines come in the order of the URLs; a slow one holds up all
//         that stand behind it.
// Check   Nothing to do here: the program is given.
// Read    labs/ch02_ping/README.md, step 1

#include <string>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// False: no HTTP answer came.
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
