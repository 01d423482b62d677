// Wrong    Main takes the answers from the futures in list order and prints them.
// Caught   prints each line as its answer arrives
// Also     gives up on a URL after --timeout

#include <functional>
#include <future>
#include <string>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<std::future<Answer>> answers;
    for (const std::string& url : options.urls)
        answers.push_back(std::async(std::launch::async, ask, std::cref(url), options.timeout));
    bool all_answered = options.complete;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Answer answer = answers[i].get();
        print_line(options.urls[i], ":", answer.text);
        all_answered = all_answered && answer.arrived;
    }
    return all_answered ? 0 : 1;
}
