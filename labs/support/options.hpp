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
#include <string>
#include <vector>

#include "support/duration.hpp"

template <class Value>
struct Range {
    Value least, most;
};

class Options {
  public:
    explicit Options(std::string purpose) : purpose_(std::move(purpose)) {}

    // A whole number, also written 50k, 1.5M, 2G.
    void count(const std::string& flag, int& value, Range<int> range, const std::string& meaning);
    void count(const std::string& flag, std::int64_t& value, Range<std::int64_t> range,
               const std::string& meaning);

    // A number with a unit: 250ms, 1.5s, 2min.
    void duration(const std::string& flag, Duration& value, Range<Duration> range,
                  const std::string& meaning);

    // Everything that is not a flag, in order; `how_many` may be given. Names
    // are not empty and have no control characters: they stand in result lines.
    void names(const std::string& placeholder, std::vector<std::string>& values,
               Range<std::size_t> how_many, const std::string& meaning);

    // The arguments of the example that --help ends with.
    void example(const std::string& arguments) { example_ = arguments; }

    // Sets the variables. --help prints to stdout and exits with 0. The first
    // mistake is told in one line on stderr, which names the flag, the value
    // given and what is accepted, and exits with 2.
    void parse(int argc, char** argv);

  private:
    struct Flag {
        std::string name;
        std::string kind;                             // COUNT, DURATION
        std::string accepted;                         // a count from 1 to 256, such as 5 or 50k
        std::string help;                             // meaning, range and default
        std::function<bool(const std::string&)> set;  // false: not accepted
        bool given = false;
    };

    void add_count(const std::string& flag, std::int64_t value, std::int64_t least,
                   std::int64_t most, const std::string& meaning,
                   std::function<void(std::int64_t)> assign);
    Flag& find(const std::string& argument, const std::string& name);
    void set(Flag& flag, const std::string& value);
    void set_names(const std::vector<std::string>& given);
    std::string how_many_names() const;
    [[noreturn]] void print_help() const;
    [[noreturn]] void refuse(const std::string& why) const;

    std::string program_, purpose_, example_;
    std::vector<Flag> flags_;

    std::string placeholder_, names_help_;
    std::vector<std::string>* names_ = nullptr;
    Range<std::size_t> how_many_{0, 0};
};
