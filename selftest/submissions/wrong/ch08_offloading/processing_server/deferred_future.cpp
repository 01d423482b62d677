// Wrong    std::async without a policy of its own choice: deferred, and run by whoever asks.
// Caught   answers a second request while the first is computed

#include <future>
#include <utility>

#include "support/processing_service.hpp"

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    return serve(options, [](Task task) { std::async(std::launch::deferred, std::move(task)).get(); });
}
