// The flags and names that a program takes.
//
//     int workers = 4;
//     Duration timeout = std::chrono::seconds(10);
//     std::vector<std::string> urls;
//
//     Options flags("asks every URL for its status");
//     flags.count("--workers", workers, {1, 256}, "threads that share the list");
//     flags.duration("--timeout", timeout, {Duration(1), Duration::max()}, "for one URL");
//     flags.names("URL", urls, {1, 1000}, "whom to ask");
//     flags.example("--workers 2 http://127.0.0.1:8020/200");
//     flags.parse(argc, argv);
//
// A variable's value beforehand is its default; --help shows it. Both
// `--flag value` and `--flag=value` are read; what follows `--` is a name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/duration.hpp"

template <class Value>
struct Range {
    Value least, most;
};

class Options {
  public:
    explicit Options(const std::string& purpose);
    ~Options();

    // A whole number, also written 50k, 1.5M, 2G.
    void count(const std::string& flag, int& value, Range<int> range, const std::string& meaning);
    void count(const std::string& flag, std::int64_t& value, Range<std::int64_t> range, const std::string& meaning);

    // A whole number, or two of them: 4, 2..8.
    void range(const std::string& flag, Range<int>& value, Range<int> bounds, const std::string& meaning);

    // A number with up to three decimals: 4, 2.5.
    void number(const std::string& flag, double& value, Range<int> range, const std::string& meaning);

    // A number with a unit: 250ms, 1.5s, 2min.
    void duration(const std::string& flag, Duration& value, Range<Duration> range, const std::string& meaning);

    // Any text but an empty one: the name of a file.
    void text(const std::string& flag, std::string& value, const std::string& meaning);

    // Any text, as often as the flag is given; `take` throws std::invalid_argument with what is accepted.
    void texts(const std::string& flag, const std::string& kind, const std::function<void(const std::string&)>& take,
               const std::string& meaning);

    // One of a few words.
    void choice(const std::string& flag, std::string& value, const std::vector<std::string>& choices,
                const std::string& meaning);

    // Everything that is not a flag, in order; `how_many` may be given. Names
    // are not empty and have no control characters: they stand in result lines.
    void names(const std::string& placeholder, std::vector<std::string>& values, Range<std::size_t> how_many,
               const std::string& meaning);

    // The arguments of the example that --help ends with.
    void example(const std::string& arguments);

    // Sets the variables. --help prints to stdout and exits with 0. The first
    // mistake is told in one line on stderr, which names the flag, the value
    // given and what is accepted, and exits with 2.
    void parse(int argc, char** argv);

    // For a mistake that shows only after parse: told in the same way, exit 2.
    [[noreturn]] void refuse(const std::string& why) const;

  private:
    using Setter = std::function<bool(const std::string&)>;  // false: not accepted

    void add_count(const std::string& flag, std::int64_t value, Range<std::int64_t> range, const std::string& meaning,
                   std::function<void(std::int64_t)> assign);
    void add(const std::string& flag, const std::string& kind, const std::string& accepted, const std::string& meaning,
             const std::string& standard, Setter set);

    struct Parser;  // CLI11's, which takes seconds to compile: seen by options.cpp alone
    std::unique_ptr<Parser> parser_;
};
