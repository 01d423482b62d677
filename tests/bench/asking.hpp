// A program that asks servers, which are the grader (grader/network/world.hpp).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/bench.hpp"

// Open files of a thread that asks: libcurl opens a pair to wake itself, beside the connection.
constexpr std::size_t files_each = 3;

// A base of its own, because it has to outlive the program.
struct WithWorld {
    World world;
};

class Asking : public WithWorld, public Bench {
  public:
    // `arguments`: the command line, made of the world's URLs.
    explicit Asking(const std::function<Words(const World&)>& arguments, const Setting& setting = {},
                    Flavour flavour = Flavour::plain, Speech speech = Speech::http);

    std::string url(const std::string& path) const { return world.url(path); }
    std::optional<HttpRequest> in_flight(const std::string& path) const;

    // How many are in flight, what was printed last, who waits for whom.
    std::string situation() const override;

  protected:
    // Who sleeps without waiting for the network, such as a main thread that looks again now and then.
    std::vector<Held> bystanders() const override;
    std::vector<std::size_t> progress() const override;
};
