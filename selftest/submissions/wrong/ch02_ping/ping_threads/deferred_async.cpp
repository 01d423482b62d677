// Wrong    Starts deferred tasks, which run only when main calls get.
// Caught   each URL is asked by a thread of its own

#include <functional>
#include <future>
#include <string>
#include <vector>

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
    std::vector<std::future<bool>> answers;
    for (const std::string& url : options.urls)
        answers.push_back(std::async(std::launch::deferred, ping, std::cref(url), options.timeout));
    bool all_answered = options.complete;
    for (std::future<bool>& answer : answers) {
        if (!answer.get()) all_answered = false;
    }
    return all_answered ? 0 : 1;
}
