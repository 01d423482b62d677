// Requests that have to be answered; then the server is stopped, while it may be at work on others, which came late.
#include "support/processing_service.hpp"

#include <atomic>
#include <memory>
#include <vector>

#include "support/options.hpp"
#include "support/print.hpp"

namespace {

int requests_to_answer, late_requests;

struct Requests {
    explicit Requests(int count) : worked_on(static_cast<std::size_t>(count)) {}
    std::vector<std::atomic<bool>> worked_on;
    std::atomic<int> answered = 0;
};

}  // namespace

ProcessingServerOptions parse_processing_server_options(int argc, char** argv) {
    ProcessingServerOptions options;
    Options flags("processes some requests");
    flags.count("--workers", options.workers, {1, 256}, "threads that process");
    flags.count("--requests", requests_to_answer, {0, 9}, "requests that have to be answered");
    flags.count("--late", late_requests, {0, 9}, "requests that come just before the end");
    flags.parse(argc, argv);
    return options;
}

int serve(const ProcessingServerOptions&, const std::function<void(Task)>& submit) {
    // A task may be called when this has returned.
    const auto requests = std::make_shared<Requests>(requests_to_answer + late_requests);
    const auto ask = [&](int number) {
        submit([requests, number] {
            if (requests->worked_on[static_cast<std::size_t>(number)].exchange(true))
                print_line("request ", number + 1, " was worked on twice");
            ++requests->answered;
            requests->answered.notify_one();
        });
    };
    for (int i = 0; i < requests_to_answer; ++i) ask(i);
    for (int answered; (answered = requests->answered) < requests_to_answer;) requests->answered.wait(answered);
    print_line("all are answered");
    for (int i = 0; i < late_requests; ++i) ask(requests_to_answer + i);
    return 0;
}
