// Right    std::async for each request; the futures join when they are destroyed.

#include <future>
#include <utility>
#include <vector>

#include "support/processing_service.hpp"

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    std::vector<std::future<void>> requests;
    return serve(options,
                 [&requests](Task task) { requests.push_back(std::async(std::launch::async, std::move(task))); });
}
