#include "support/fetch.hpp"

#include <limits>

#include "support/transfer.hpp"

Fetched fetch(const std::string& url) {
    transfer::prepare();
    if (!transfer::is_url(url)) return {false, "", transfer::no_url};

    const transfer::Handle handle = transfer::start(url);
    CURL* const fetching = handle.get();
    curl_easy_setopt(fetching, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::numeric_limits<int>::max()));

    transfer::Whole answer = transfer::receive(fetching);
    return {answer.ok, answer.ok ? std::move(answer.body) : "", std::move(answer.why)};
}
