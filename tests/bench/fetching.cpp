#include "bench/fetching.hpp"

#include "support/item.hpp"
#include "support/message.hpp"

std::string body_of(std::size_t worker, std::size_t size) {
    return item_data(worker, size);
}

std::string line_of(std::size_t worker, std::size_t size) {
    return "worker " + std::to_string(worker) + ": " + result_of(Fetched{true, body_of(worker, size), ""}).text;
}

Words lines_of(std::size_t workers, std::size_t size) {
    Words lines;
    for (std::size_t worker = 1; worker <= workers; ++worker) lines.push_back(line_of(worker, size));
    return lines;
}

std::string failed_line(std::size_t worker) {
    return "worker " + std::to_string(worker) + ": failed: ";
}

std::size_t worker_asking(const HttpRequest& request) {
    return std::stoul(request.path.substr(1));
}

Fetching::Fetching(const FetchPlan& plan, const Setting& setting, Flavour flavour)
    : Asking(
          [&plan](const World& world) {
              Words words;
              for (std::size_t worker = 1; worker <= plan.workers; ++worker)
                  words.push_back(world.url("/" + std::to_string(worker)));
              words.insert(words.end(), plan.strange.begin(), plan.strange.end());
              return words;
          },
          setting, flavour) {}

std::optional<HttpRequest> Fetching::request_of(std::size_t worker) const {
    return in_flight("/" + std::to_string(worker));
}

Rest Fetching::serve(std::size_t worker, std::size_t size) {
    if (const auto request = request_of(worker)) world.answer(*request, 200, body_of(worker, size));
    return settle();
}

Rest Fetching::serve_all(std::size_t size) {
    world.serve([size](World& server, const HttpRequest& request) {
        server.answer(request, 200, body_of(worker_asking(request), size));
    });
    return settle();
}

Rest Fetching::serve_sizes(const std::vector<std::size_t>& of) {
    world.serve([of](World& server, const HttpRequest& request) {
        const std::size_t worker = worker_asking(request);
        server.answer(request, 200, body_of(worker, of[worker - 1]));
    });
    return settle();
}
