// Every request gets an answer; when, depends on whose turn it is.
#include "support/http.hpp"

#include <atomic>

namespace transfer {
void prepare() {}  // no library for a network that is not there
}  // namespace transfer

Answer ask(const std::string& url, Duration) {
    static std::atomic<int> answered;
    ++answered;  // a step, so that others may go first
    if (url.ends_with("/refused")) return {false, "error: connection refused"};
    return {true, "OK"};
}
