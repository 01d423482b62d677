// Wrong    Pushes a result by a load and a separate store: a result that another worker pushes in between is lost.
// Caught   is right in whatever order its threads are moved

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Node {
    std::size_t worker;
    Result result;
    Node* next = nullptr;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<Node> nodes(options.urls.size());
    std::atomic<Node*> top = nullptr;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&, i] {
            nodes[i] = {i + 1, result_of(fetch(options.urls[i])), top.load()};
            top.store(&nodes[i]);
            top.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = options.urls.size(); left > 0;) {
        top.wait(nullptr);
        for (Node* node = top.exchange(nullptr); node; node = node->next, --left) {
            print_line("worker ", node->worker, ": ", node->result.text);
            all_well = all_well && node->result.ok;
        }
    }
    return all_well ? 0 : 1;
}
