#include "support/http.hpp"

#include "support/transfer.hpp"

namespace {

using transfer::Head;

// 0 ends the transfer: all that is asked for is known.
std::size_t on_header(char* text, std::size_t size, std::size_t count, void* to) {
    Head& head = *static_cast<Head*>(to);
    if (!transfer::read_header(head, text, size * count)) return 0;
    return head.complete ? 0 : size * count;
}

std::size_t on_body(char*, std::size_t, std::size_t, void*) {
    return 0;
}

}  // namespace

Answer ask(const std::string& url, Duration timeout) {
    transfer::prepare();
    if (!transfer::is_url(url)) return {false, std::string("error: ") + transfer::no_url};

    Head head;
    const transfer::Handle handle = transfer::start(url);
    CURL* const asking = handle.get();
    curl_easy_setopt(asking, CURLOPT_TIMEOUT_MS, transfer::milliseconds(timeout));
    curl_easy_setopt(asking, CURLOPT_CONNECTTIMEOUT_MS, transfer::milliseconds(timeout));
    curl_easy_setopt(asking, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(asking, CURLOPT_HEADERDATA, &head);
    curl_easy_setopt(asking, CURLOPT_WRITEFUNCTION, on_body);

    const CURLcode code = curl_easy_perform(asking);
    if (!head.complete) return {false, "error: " + transfer::why(asking, code)};
    return {true, head.phrase()};
}
