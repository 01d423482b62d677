// Wrong    Moves an out-of-range --from to the nearest valid value and carries on.
// Caught   refuses bad flags
// Says     with --from 0, the program

#include <algorithm>
#include <chrono>
#include <cstdlib>
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

std::string clamped(const std::string& from) {
    return std::to_string(std::clamp(std::atol(from.c_str()), 1L, 1'000'000L));
}

int main(int argc, char** argv) {
    std::vector<std::string> words(argv, argv + argc);
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i - 1] == "--from") words[i] = clamped(words[i]);
        if (words[i].starts_with("--from=")) words[i] = "--from=" + clamped(words[i].substr(7));
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const CountdownOptions options =
        parse_countdown_options(argc, arguments.data(), "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
