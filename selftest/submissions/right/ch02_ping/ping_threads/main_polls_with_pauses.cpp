// Right    Main checks all futures, prints those that are ready, and sleeps in between.

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
    const auto print_if_ready = [&all_answered](Asked& one) {
        if (one.answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
        const Answer answer = one.answer.get();
        print_line(one.url, ":", answer.text);
        all_answered = all_answered && answer.arrived;
        return true;
    };
    while (!asked.empty()) {
        std::erase_if(asked, print_if_ready);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return all_answered ? 0 : 1;
}
