// Wrong    Parses its command line itself and knows flag and value only as two words: --from=2 becomes a name.
// Caught   prints every actor's lines in order

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    CountdownOptions options = parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    options.names.clear();
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--from" || word == "--tick") ++i;  // its value is known already
        else options.names.push_back(word);
    }
    if (options.names.empty()) options.names = {"Alice", "Bob"};
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
