// Wrong    Starts a process for each URL instead of a thread.
// Caught   each URL is asked by a thread of its own

#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    for (const std::string& url : options.urls) {
        if (fork() == 0) _exit(ping(url, options.timeout) ? 0 : 1);
    }
    bool all_answered = options.complete;
    for (int status = 0; wait(&status) > 0;) {
        if (status != 0) all_answered = false;
    }
    return all_answered ? 0 : 1;
}
