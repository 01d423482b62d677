// Wrong    Main polls all futures in a loop without a pause.
// Caught   does not busy-wait
// Also     gives up on a URL after --timeout
// Also     has no data race
// Also     has no memory error

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

struct Asked {
    std::string url;
    std::future<Answer> answer;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<Asked> asked;
    for (const std::string& url : options.urls)
        asked.push_back({url, std::async(std::launch::async, ask, url, options.timeout)});

    bool all_answered = options.complete;
    while (!asked.empty()) {
        std::erase_if(asked, [&all_answered](Asked& one) {
            const std::future_status now = one.answer.wait_for(std::chrono::seconds(0));
            if (now != std::future_status::ready) return false;
            const Answer answer = one.answer.get();
            print_line(one.url, ":", answer.text);
            all_answered = all_answered && answer.arrived;
            return true;
        });
        std::this_thread::yield();
    }
    return all_answered ? 0 : 1;
}
