// A server that processes pictures, and its clients, which are the grader: what the criteria of
// chapter 8 share.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench.hpp"
#include "ch08_offloading/pictures.hpp"
#include "grader/debug/freezer.hpp"

// A base of its own, because it has to outlive the program.
struct WithClient {
    Client client;
};

class Service : public WithClient, public Bench {
  public:
    explicit Service(const Words& flags, const Setting& setting = {}, Flavour flavour = Flavour::plain,
                     int most_calls = 60);

    bool threads_may_end = false;  // of a program with Policy::hold_ends: settle lets them, but main
    bool listens() const { return port_ != 0; }

    // These do not settle. The call's number.
    int send(const std::string& bytes);
    int post(const std::string& path, const std::string& body, const std::string& header = "");
    int ask(const std::string& path, const Picture& picture);

    // Why this is not the right answer to a picture, or "".
    std::string wrong_answer(int call, const std::string& path, const Picture& picture) const;

    // Sends a picture for process1, and stops whoever computes in the middle of it. Why that came to
    // nothing, or "". Throws std::runtime_error where the program was at work and never caught at it.
    std::string stop_at_work(int& call);
    Picture at_work_on;  // the picture of that request
    Freezer freezer{program};

  protected:
    Rest settle_once() override;
    std::vector<Held> bystanders() const override;
    std::vector<std::size_t> progress() const override;

  private:
    double cost_of(const Picture& picture);
    std::map<std::pair<int, int>, double> costs_;  // of pictures by their size, in seconds of processor time
    int port_ = 0;
};
