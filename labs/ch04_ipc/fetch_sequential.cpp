// Chapter 4: Fetch, one URL after the other (given)
//
// Goal    See what the chapter's programs do, without any concurrency.
// Run     ./kit run fetch_sequential
// Expect  The lines come in the order of the URLs; a slow one holds up all
//         that come after it.
// Check   Nothing to do here: the program is given.
// Read    labs/ch04_ipc/README.md, step 1

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, one after the other");

    bool all_well = true;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        const Result result = result_of(fetch(options.urls[i]));  // blocks until the body is there
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
