// Wrong    An event loop in main asks all URLs. One thread per URL starts but does nothing.
// Caught   each URL is asked by a thread of its own
// Says     1 thread waits for an answer

#include <curl/curl.h>

#include <chrono>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "support/ping_options.hpp"
#include "support/print.hpp"

std::size_t ignored(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

std::size_t keep_reason(char* text, std::size_t size, std::size_t count, void* to) {
    const std::string line(text, size * count);
    if (!line.starts_with("HTTP/")) return size * count;
    *static_cast<std::string*>(to) = line.substr(13, line.find('\r') - 13);
    return size * count;
}

struct Transfer {
    std::string url, reason;
};

// Starts a request, which `all` then carries on.
void begin(CURLM* all, Transfer& transfer, Duration timeout) {
    CURL* const asking = curl_easy_init();
    const long limit = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    curl_easy_setopt(asking, CURLOPT_URL, transfer.url.c_str());
    curl_easy_setopt(asking, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(asking, CURLOPT_TIMEOUT_MS, limit);
    curl_easy_setopt(asking, CURLOPT_WRITEFUNCTION, ignored);
    curl_easy_setopt(asking, CURLOPT_HEADERFUNCTION, keep_reason);
    curl_easy_setopt(asking, CURLOPT_HEADERDATA, &transfer.reason);
    curl_multi_add_handle(all, asking);
}

// Prints the requests that are done. Returns false if one of them failed.
bool print_answers(CURLM* all) {
    bool all_answered = true;
    for (int left = 0; const CURLMsg* const message = curl_multi_info_read(all, &left);) {
        CURL* const asking = message->easy_handle;
        const CURLcode code = message->data.result;
        Transfer* transfer = nullptr;
        curl_easy_getinfo(asking, CURLINFO_PRIVATE, &transfer);
        if (code == CURLE_OK) print_line(transfer->url, ":", transfer->reason);
        else print_line(transfer->url, ":error: ", curl_easy_strerror(code));
        all_answered = all_answered && code == CURLE_OK;
        curl_multi_remove_handle(all, asking);
        curl_easy_cleanup(asking);
    }
    return all_answered;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    bool all_answered = options.complete;
    std::latch done(1);
    std::vector<std::jthread> threads;
    std::vector<Transfer> transfers;
    for (const std::string& url : options.urls) {
        transfers.push_back({url, ""});
        threads.emplace_back([&done] { done.wait(); });
    }
    CURLM* const all = curl_multi_init();
    for (Transfer& transfer : transfers) begin(all, transfer, options.timeout);
    for (int running = 1; running > 0;) {
        curl_multi_perform(all, &running);
        all_answered = print_answers(all) && all_answered;
        if (running > 0) curl_multi_poll(all, nullptr, 0, 1000, nullptr);
    }
    curl_multi_cleanup(all);
    done.count_down();
    return all_answered ? 0 : 1;
}
