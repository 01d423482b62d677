// A ping program, and the servers that it asks: what the criteria of chapter 2 share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/common.hpp"

struct Plan {
    std::vector<std::string> paths;         // asked of the grader's server, in this order
    int workers = 0;                        // 0: what suits the program; else --workers of a pool
    std::string timeout = "1h";             // --timeout: so long that nobody runs into it by chance
    std::vector<std::string> strange = {};  // further URLs, behind the others, as they are
    Setting setting = {};
    Flavour flavour = Flavour::plain;
    bool equals = false;  // flags as --timeout=1h
};

std::vector<std::string> numbered_paths(int count);  // "/0", "/1" ...

bool is_pool();

class Pinger {
  public:
    explicit Pinger(const Plan& plan);

    World world;  // first: it outlives the program
    Program program;

    // On to the next point where nobody goes on without an answer. Who sleeps without waiting for the
    // network (a main thread that looks again now and then) is let go for as long as that helps.
    Rest settle();

    // Answers a request with 200 and settles.
    Rest answer(const HttpRequest& request, int status = 200, const std::string& reason = "");

    // Answers everybody, now and from now on, to the end.
    Rest serve_all();

    // How many threads of one process wait for the network at this moment, each for itself.
    std::size_t askers() const;

    std::optional<HttpRequest> in_flight(const std::string& path) const;
    std::string url(const std::string& path) const { return world.url(path); }
    std::vector<std::string> ok_lines(const std::vector<std::string>& paths) const;  // URL:OK for each
    std::vector<std::string> fresh_lines();                                          // since the last call

    std::string situation();  // how many are in flight, what was printed last, who waits for whom

  private:
    std::vector<std::string> arguments(const Plan& plan) const;
    std::vector<Held> bystanders() const;
    std::size_t seen_lines_ = 0;
};

// What is wrong with these lines, in words; "" where they are `expected`, in any order.
std::string wrong_lines(std::vector<std::string> lines, std::vector<std::string> expected);

std::string readme(int step);
