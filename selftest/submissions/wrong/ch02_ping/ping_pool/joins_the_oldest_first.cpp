// Wrong    Keeps --workers futures and waits for the oldest before it starts the next.
// Caught   a slow URL holds no other back
// Caught   starts its workers once

#include <deque>
#include <functional>
#include <future>
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
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    bool all_answered = options.complete;
    std::deque<std::future<bool>> running;
    const auto take_the_oldest = [&running, &all_answered] {
        all_answered = running.front().get() && all_answered;
        running.pop_front();
    };
    for (const std::string& url : options.urls) {
        if (running.size() == static_cast<std::size_t>(options.workers)) take_the_oldest();
        running.push_back(std::async(std::launch::async, ping, std::cref(url), options.timeout));
    }
    while (!running.empty()) take_the_oldest();
    return all_answered ? 0 : 1;
}
