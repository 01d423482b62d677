// Four requests. The first two have to be answered; then the server is stopped, while it may be at work on the others.
#include "support/processing_service.hpp"

#include <array>
#include <atomic>
#include <memory>

#include "support/options.hpp"
#include "support/print.hpp"

ProcessingServerOptions parse_processing_server_options(int argc, char** argv) {
    ProcessingServerOptions options;
    Options flags("processes four requests");
    flags.count("--workers", options.workers, {1, 256}, "threads that process");
    flags.parse(argc, argv);
    return options;
}

int serve(const ProcessingServerOptions&, const std::function<void(Task)>& submit) {
    struct Requests {
        std::array<std::atomic<bool>, 4> done{};
        std::atomic<int> answered = 0;
    };
    const auto requests = std::make_shared<Requests>();  // a task may be called when this has returned
    const auto ask = [&](std::size_t number) {
        submit([requests, number] {
            if (requests->done[number].exchange(true)) print_line("request ", number, " was worked on twice");
            ++requests->answered;
            requests->answered.notify_one();
        });
    };
    ask(0);
    ask(1);
    for (int answered; (answered = requests->answered) < 2;) requests->answered.wait(answered);
    print_line("both are answered");
    ask(2);
    ask(3);
    return 0;
}
