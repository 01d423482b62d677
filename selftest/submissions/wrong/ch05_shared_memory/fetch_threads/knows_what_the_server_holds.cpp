// Wrong    Makes each line from the URL alone; its threads fetch, but only for show.
// Caught   prints each line as its worker is done
// Also     all workers fetch at once
// Also     main alone prints
// Also     is right in whatever order its threads are moved
// Also     a body of any size arrives whole
// Also     tells each failure alone, and exits 1
// Also     joins every thread
// Also     has no data race
// Also     has no memory error

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/item.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

// What a fetch of http://host/item/K?size=BYTES would return.
Fetched invented(const std::string& url) {
    unsigned long long item = 0;
    std::size_t size = 0;
    const std::size_t path = url.find("/item/"), query = url.find("size=");
    if (path == std::string::npos) return {false, "", "404 Not Found"};
    std::sscanf(url.c_str() + path, "/item/%llu", &item);
    if (query != std::string::npos) std::sscanf(url.c_str() + query, "size=%zu", &size);
    return {true, item_data(item, size), ""};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<std::jthread> for_show;
    for (const std::string& url : options.urls) for_show.emplace_back([&url] { fetch(url); });

    bool all_well = true;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        const Result result = result_of(invented(options.urls[i]));
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
