// A client that processes a picture here or there, and its server, which is the grader: what the
// criteria of chapter 8 share. Local work is real; it is kept small.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/asking.hpp"
#include "ch08_offloading/computing.hpp"
#include "ch08_offloading/pictures.hpp"

struct OffloadPlan {
    std::string mode = "both";
    int samples = 1;
    std::string slowdown = "1";
    Size size = {48, 32};
    Words more = {};      // further arguments
    bool away = false;    // nobody listens where the client asks
    bool equals = false;  // flags as --mode=both
};

struct Line {  // mode MODE: edges E, brightness B
    std::string mode;
    double edges = 0, brightness = 0;
    bool operator==(const Line&) const = default;
};

std::string printed(const Line& line);

struct Row {  // mode,samples,mean_s,stdev_s
    std::string mode;
    int samples = 0;
    double mean = 0, deviation = 0;
};

std::string right_reply(const HttpRequest& request);  // throws BadMessage where it holds no picture

class Offloader : public WithPictureFile, public Asking {
  public:
    explicit Offloader(const OffloadPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    // A request in flight to "/process1" or "/process2".
    std::optional<HttpRequest> asked_for(const std::string& function) const;

    // Answers it, and settles. By default with what is right for the picture that was sent.
    Rest answer(const HttpRequest& request, const std::string& body);
    Rest answer(const HttpRequest& request) { return answer(request, right_reply(request)); }
    Rest serve_all();  // everybody from now on, rightly

    // Those that hold still in front of a clock that counts processor time: of a program with
    // Policy::hold_processor_clocks. Work::here looks at its beginning, behind the function, and then as it burns.
    std::vector<Held> looks() const { return program.stage().held(Held::Kind::processor_clock); }

    // How often the client has said "local FUNCTION done".
    std::size_t done_here(const std::string& function) const;
    Words complaints() const;  // its lines on stderr, but for those and the times of samples

    std::vector<Line> results() const;  // of what it has printed so far
    Line right(const std::string& mode) const { return {mode, edges_, brightness_}; }
    // The table behind the results; none where it is not as it ought to be.
    std::optional<std::vector<Row>> table() const;

    // How these results and this end differ from what they ought to be, or "".
    std::string wrong_finish(Rest rest, const std::vector<Line>& expected);
    std::string situation() const override;

  protected:
    Rest settle_once() override { return settle_computing(program); }
    std::vector<Held> bystanders() const override { return plain_sleepers(program); }
    std::vector<std::size_t> progress() const override { return progress_of(program); }

  private:
    std::string wrong_results(const std::vector<Line>& expected) const;
    std::string wrong_table() const;
    double edges_ = 0, brightness_ = 0;
};
