#include "support/big_countdown_options.hpp"

#include "support/options.hpp"

namespace {

void add_flags(Options& flags, BigCountdownOptions& options) {
    flags.count("--count", options.count, {0, 1'000'000'000'000}, "decrements, all in all");
    flags.count("--threads", options.threads, {1, most_threads}, "threads that share them");
}

}  // namespace

const std::vector<std::string>& sharing_modes() {
    static const std::vector<std::string> modes{"private", "padded", "adjacent", "atomic", "mutex", "gil"};
    return modes;
}

BigCountdownOptions parse_big_countdown_options(int argc, char** argv, const std::string& purpose) {
    BigCountdownOptions options;
    Options flags(purpose);
    add_flags(flags, options);
    flags.example("--count 1G --threads 4");
    flags.parse(argc, argv);
    return options;
}

ContentionOptions parse_contention_options(int argc, char** argv, const std::string& purpose) {
    using namespace std::chrono_literals;

    ContentionOptions options;
    std::vector<std::string> choices = sharing_modes();
    choices.push_back("all");
    Options flags(purpose);
    add_flags(flags, options);
    flags.choice("--sharing", options.sharing, choices, "what the threads share");
    flags.duration("--switch-interval", options.switch_interval, {1us, 1h}, "a turn with the lock of gil");
    flags.example("--count 10M --sharing adjacent");
    flags.parse(argc, argv);
    return options;
}
