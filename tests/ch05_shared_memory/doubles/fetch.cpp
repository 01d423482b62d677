// A fetch of /K returns K bytes; when, depends on whose turn it is.
#include "support/fetch.hpp"

#include <atomic>

namespace transfer {
void prepare() {}  // no library for a network that is not there
}  // namespace transfer

Fetched fetch(const std::string& url) {
    static std::atomic<int> answered;
    ++answered;  // a step, so that others may go first
    const std::string last = url.substr(url.rfind('/') + 1);
    if (last == "refused") return {false, "", "connection refused"};
    return {true, std::string(std::stoul(last), 'x'), ""};
}
