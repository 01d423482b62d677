// A server that processes pictures, and its clients, which are the grader: what the criteria of
// chapter 8 share.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ch08_offloading/pictures.hpp"

class Service {
  public:
    explicit Service(const std::vector<std::string>& flags, const Setting& setting = {},
                     Flavour flavour = Flavour::plain, int most_calls = 60);

    Client client;  // first: it outlives the program
    Program program;

    Rest settle();
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

    std::string situation() const;  // on one line

  private:
    double work_of(const Picture& picture);
    std::map<std::pair<int, int>, double> work_;  // by size
    int port_ = 0;
};
