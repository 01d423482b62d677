// Right    A mutex guards a vector of results. main sleeps in read on an eventfd, which counts them.

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Done {
    std::size_t worker;
    Result result;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    const Descriptor news(eventfd(0, EFD_CLOEXEC));
    std::mutex mutex;
    std::vector<Done> done;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&, i] {
            Done mine{i + 1, result_of(fetch(options.urls[i]))};
            {
                const std::scoped_lock lock(mutex);
                done.push_back(std::move(mine));
            }
            eventfd_write(news.number(), 1);
        });
    }
    bool all_well = true;
    for (std::size_t printed = 0; printed < workers.size();) {
        eventfd_t how_many = 0;
        if (eventfd_read(news.number(), &how_many) != 0) continue;  // a signal came first
        for (; how_many > 0; --how_many, ++printed) {
            Done next;
            {
                const std::scoped_lock lock(mutex);
                next = done[printed];
            }
            print_line("worker ", next.worker, ": ", next.result.text);
            if (!next.result.ok) all_well = false;
        }
    }
    return all_well ? 0 : 1;
}
