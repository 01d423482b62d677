// Wrong    Starts a detached thread for each request.
// Caught   joins every thread

#include <thread>
#include <utility>

#include "support/processing_service.hpp"

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    return serve(options, [](Task task) { std::thread(std::move(task)).detach(); });
}
