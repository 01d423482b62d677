// fetch_threads and its servers: what its criteria share. Workers count from 1, in the order of the URLs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/common.hpp"
#include "bench/fetched_lines.hpp"

struct Plan {
    std::size_t workers = 4;
    std::vector<std::string> strange = {};  // further URLs, behind the others, as they are
    Setting setting = {};
    Flavour flavour = Flavour::plain;
};

class WorkerThreads {
  public:
    explicit WorkerThreads(const Plan& plan);

    World world;  // first: it outlives the program
    Program program;

    // On to the next point where nobody goes on without the grader. Who sleeps by time, not for the
    // network, is let go for as long as that helps.
    Rest settle();

    // Answers a worker's request with so many bytes of its item, and settles.
    Rest serve(std::size_t worker, std::size_t size);
    Rest serve_all(std::size_t size);  // everybody at once

    std::optional<HttpRequest> request_of(std::size_t worker) const;  // in flight
    std::vector<pid_t> askers() const;  // threads of the program itself that wait for the network now; none where
                                        // a process of its own making asks
    std::optional<Task> main() const;

    std::vector<std::string> fresh_lines();  // since the last call
    std::string situation() const;           // the last line, and who waits for whom

    // How lines, in any order, or the end are wrong; "" where they are not.
    std::string wrong_finish(Rest rest, std::vector<std::string> expected, int exit_code = 0);

  private:
    std::vector<std::string> arguments(const Plan& plan) const;
    std::size_t seen_lines_ = 0;
};
