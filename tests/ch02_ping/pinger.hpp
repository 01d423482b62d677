// A ping program, and the servers that it asks: what the criteria of chapter 2 share.
#pragma once

#include <string>

#include "bench/asking.hpp"
#include "bench/lines.hpp"

struct PingPlan {
    Words paths;                 // asked of the grader's server, in this order
    int workers = 0;             // 0: what suits the program; else --workers of a pool
    std::string timeout = "1h";  // --timeout: so long that no request runs into it by chance
    Words strange = {};          // further URLs, after the others, as they are
    bool equals = false;         // flags as --timeout=1h
};

Words numbered_paths(int count);  // "/0", "/1" ...

bool is_pool();
std::string readme(int step);

// Bystanders look again before long: a thread that sleeps for an hour waits for its --timeout.
class Pinger : public Asking {
  public:
    explicit Pinger(const PingPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    // Answers a request with 200 and settles.
    Rest answer(const HttpRequest& request, int status = 200, const std::string& reason = "");

    // Answers every request with 200, now and from now on; serve_all settles.
    void serve();
    Rest serve_all();

    // How many threads of one process wait for the network at this moment, each on its own.
    std::size_t askers() const;

    Words ok_lines(const Words& paths) const;  // URL:OK for each

  protected:
    std::vector<Held> bystanders() const override;
    std::vector<std::size_t> progress() const override;
    std::string wrong_lines(const Words& lines, const Words& expected) const override {
        return missing_or_extra(lines, expected);
    }
};
