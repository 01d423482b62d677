// One function and its input, to be had here or there; and what offload_client is asked to measure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/duration.hpp"
#include "support/picture.hpp"

struct OffloadOptions {
    std::string server = "http://127.0.0.1:8088", token;
    std::string image = "assets/pictures/harbour.png";
    std::string plot;                // a file for the bars; empty: none
    std::vector<std::string> modes;  // "none", "process1", "process2", "both"
    int samples = 5;
    double slowdown = 4;
    Duration timeout = std::chrono::seconds(10);
};

// Prints help or a refusal, and ends the program, as Options::parse does.
OffloadOptions parse_offload_options(int argc, char** argv);

// What came back from the server.
struct Remote {
    bool ok = false;
    double result = 0;  // if ok
    std::string why;    // if not ok: "connection refused", "timed out", "400 Bad Request: ..."
};

// Thread-safe: any thread may call here() and there(), many at once. Does not change.
class Work {
  public:
    using Function = std::function<double(const Picture&)>;
    Work(std::string name, Function function, Picture input, const OffloadOptions& options);

    const std::string& name() const { return name_; }  // "process1"

    // Computes it on this device, slowed down as --slowdown says, and reports on stderr:
    // "local process1 done".
    double here() const;

    // Sends the input to the server and blocks until its reply has come, or will not come.
    Remote there() const;

  private:
    std::string name_;
    Function function_;
    Picture input_;
    std::string url_, token_;
    Duration timeout_;
    double slowdown_;
};

struct Works {
    Work process1, process2;
};

// Both functions of the picture that the options name. If it cannot be read, ends the program with a line
// on stderr and exit code 1.
Works works_of(const OffloadOptions& options);

struct Results {
    double edges = 0, brightness = 0;  // of process1, of process2
};

// Gets both results in the way that the mode asks for.
using RunMode = std::function<Results(const std::string& mode)>;

// Runs each mode --samples times and prints what came out: a line for each mode, then a table with the
// mean and the sample standard deviation of its times; on stderr the time of each sample.
// --plot draws the table. Returns the program's exit code.
int measure_modes(const OffloadOptions& options, const RunMode& run);
