#include "support/countdown_options.hpp"

#include "support/options.hpp"

CountdownOptions parse_countdown_options(int argc, char** argv, const std::string& purpose) {
    using namespace std::chrono_literals;

    CountdownOptions options;
    Options flags(purpose);
    flags.count("--from", options.from, {1, 1'000'000}, "the number each actor starts at");
    flags.duration("--tick", options.tick, {0s, 1h}, "how long it sleeps after each number");
    flags.names("NAME", options.names, {1, 256}, "the actors; names may repeat");
    flags.example("--from 3 --tick 250ms Alice Bob Carol");
    flags.parse(argc, argv);
    return options;
}
