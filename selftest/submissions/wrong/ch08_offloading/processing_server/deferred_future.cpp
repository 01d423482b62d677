// Wrong    Uses std::launch::deferred: the thread that calls get runs the task.
// Caught   answers a second request while the first is computed

#include <future>
#include <utility>

#include "support/processing_service.hpp"

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    return serve(options, [](Task task) { std::async(std::launch::deferred, std::move(task)).get(); });
}
