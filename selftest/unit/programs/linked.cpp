// Answers each request with 300 bytes, over a link that passes 1,000 bytes a second and delays them by 200 ms.
#include "support/http_service.hpp"

int main() {
    ServiceOptions options;
    options.link = {std::chrono::milliseconds(200), 1'000};
    return run_service(options, [](const Request&, const Answer& answer) { answer({200, std::string(300, 'x')}); });
}
