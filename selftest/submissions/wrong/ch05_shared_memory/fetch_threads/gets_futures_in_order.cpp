// Wrong    Gets the futures in order, as task 1A reads its pipes.
// Caught   prints each line as its worker is done
// Caught   a worker that is stuck holds no other back
// Says     nothing is printed yet
// Also     main sleeps until there is a result

#include <future>
#include <string>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<std::future<Result>> results;
    for (const std::string& url : options.urls)
        results.push_back(std::async(std::launch::async, [&url] { return result_of(fetch(url)); }));

    bool all_well = true;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Result result = results[i].get();
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
