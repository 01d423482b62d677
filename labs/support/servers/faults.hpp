// What an image host is told to do wrong: NAME=FAULT, or NAME=FAULT*TIMES.
#pragma once

#include <map>
#include <string>

class Faults {
  public:
    // Of the picture NAME, without its ending: "truncate", "empty", "404" and "html" each time; "429", "500" and "drop"
    // each time, or the first TIMES alone. Throws std::invalid_argument, with what is accepted.
    void add(const std::string& words);

    // What the next request for this picture meets; "" for nothing.
    std::string next(const std::string& name);

  private:
    struct Fault {
        std::string what;
        long left;  // times; negative: for ever
    };
    std::map<std::string, Fault> faults_;
};
