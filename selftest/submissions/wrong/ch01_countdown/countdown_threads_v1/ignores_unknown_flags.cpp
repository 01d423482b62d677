// Wrong    Ignores every flag that it does not know.
// Caught   refuses bad flags

#include <chrono>
#include <string>
#include <string_view>
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

bool is_known(std::string_view word) {
    return !word.starts_with("--") || word == "--help" || word.starts_with("--from") || word.starts_with("--tick");
}

int main(int argc, char** argv) {
    std::vector<char*> known;
    for (int i = 0; i < argc; ++i) {
        if (is_known(argv[i])) known.push_back(argv[i]);
    }
    known.push_back(nullptr);
    const CountdownOptions options = parse_countdown_options(static_cast<int>(known.size()) - 1, known.data(),
                                                             "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
