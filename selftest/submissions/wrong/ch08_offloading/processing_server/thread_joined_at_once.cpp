// Wrong    Starts a thread for each request, and submit joins it at once.
// Caught   answers a second request while the first is computed

#include <thread>
#include <utility>

#include "support/processing_service.hpp"

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    return serve(options, [](Task task) { std::jthread(std::move(task)); });
}
