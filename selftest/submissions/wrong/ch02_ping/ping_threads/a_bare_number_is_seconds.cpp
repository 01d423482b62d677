// Wrong    Reads a --timeout without a unit as seconds.
// Caught   refuses bad flags
// Says     with --timeout 5

#include <atomic>
#include <string>
#include <thread>
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

// "5" becomes "5s".
std::string with_unit(const std::string& duration) {
    const bool bare = duration.find_first_not_of("0123456789") == std::string::npos;
    return bare ? duration + "s" : duration;
}

int main(int argc, char** argv) {
    std::vector<std::string> words(argv, argv + argc);
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i - 1] == "--timeout") words[i] = with_unit(words[i]);
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    const PingOptions options = parse_ping_options(argc, arguments.data(), "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
