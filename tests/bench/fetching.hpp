// Programs that fetch, each URL by a worker of its own: chapters 4 and 5. Workers count from 1, in the order of the
// URLs; the grader's server has an item for each, at "/1", "/2" ...
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/asking.hpp"

struct FetchPlan {
    std::size_t workers = 4;
    Words strange = {};  // further URLs, behind the others, as they are
};

std::string body_of(std::size_t worker, std::size_t size);
std::string line_of(std::size_t worker, std::size_t size);  // of a worker that did well
Words lines_of(std::size_t workers, std::size_t size);
std::string failed_line(std::size_t worker);  // stands for any line that begins so and gives a reason: lines.hpp
std::size_t worker_asking(const HttpRequest& request);

class Fetching : public Asking {
  public:
    explicit Fetching(const FetchPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    std::optional<HttpRequest> request_of(std::size_t worker) const;  // in flight

    // Answers a worker's request with so many bytes of its item, and settles.
    Rest serve(std::size_t worker, std::size_t size);
    Rest serve_all(std::size_t size);                      // everybody at once
    Rest serve_sizes(const std::vector<std::size_t>& of);  // each worker its own
};
