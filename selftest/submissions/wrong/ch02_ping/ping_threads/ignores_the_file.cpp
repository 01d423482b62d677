// Wrong    Accepts --file but ignores it.
// Caught   takes URLs from --file too

#include <atomic>
#include <string>
#include <string_view>
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

// Returns the command line without --file and its value.
std::vector<char*> typed(int argc, char** argv) {
    std::vector<char*> words;
    for (int i = 0; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--file" && i + 1 < argc) ++i;
        else words.push_back(argv[i]);
    }
    return words;
}

int main(int argc, char** argv) {
    std::vector<char*> words = typed(argc, argv);
    const PingOptions options =
        parse_ping_options(static_cast<int>(words.size()), words.data(), "asks URLs, a thread for each");
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
