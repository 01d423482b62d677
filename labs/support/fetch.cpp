#include "support/fetch.hpp"

#include <limits>

#include "support/transfer.hpp"

namespace {

struct Arriving {
    transfer::Head head;
    std::string bytes;
};

std::size_t on_header(char* text, std::size_t size, std::size_t count, void* to) {
    return transfer::read_header(static_cast<Arriving*>(to)->head, text, size * count) ? size * count : 0;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* to) {
    static_cast<Arriving*>(to)->bytes.append(bytes, size * count);
    return size * count;
}

}  // namespace

Fetched fetch(const std::string& url) {
    transfer::prepare();
    if (!transfer::is_url(url)) return {false, "", transfer::no_url};

    Arriving arriving;
    const transfer::Handle handle = transfer::start(url);
    CURL* const fetching = handle.get();
    curl_easy_setopt(fetching, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::numeric_limits<int>::max()));
    curl_easy_setopt(fetching, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(fetching, CURLOPT_HEADERDATA, &arriving);
    curl_easy_setopt(fetching, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(fetching, CURLOPT_WRITEDATA, &arriving);

    const CURLcode code = curl_easy_perform(fetching);
    if (!arriving.head.complete) return {false, "", transfer::why(fetching, code)};
    if (arriving.head.status < 200 || arriving.head.status > 299) return {false, "", arriving.head.status_and_phrase()};
    if (code != CURLE_OK)
        return {false, "", "the body broke off after " + std::to_string(arriving.bytes.size()) + " bytes"};
    return {true, std::move(arriving.bytes), ""};
}
