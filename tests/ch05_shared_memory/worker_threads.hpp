// fetch_threads and its servers: what its criteria share.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "bench/fetching.hpp"

class WorkerThreads : public Fetching {
  public:
    using Fetching::Fetching;

    // Threads of the program itself that wait for the network now; none where a process of its own making asks.
    std::vector<pid_t> askers() const;
    std::optional<Task> main() const;
};

std::unique_ptr<Fetching> start_worker_threads(const FetchPlan& plan, const Setting& setting);
