// What stands behind a tool's name on the command line.
//
//     std::string chapter;
//     bool fast = false;
//     CommandLine line("usage: ./kit demo [chNN] [--fast]");
//     line.name("chapter", chapter);
//     line.flag("--fast", fast);
//     line.parse(argc, argv);
//
// Around CLI11, which takes the compiler seconds: command_line.cpp alone sees it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ground/usage_error.hpp"

class CommandLine {
  public:
    // `what_is_right` stands behind every mistake.
    explicit CommandLine(std::string what_is_right);
    ~CommandLine();

    // A word that is no flag, in order; a variable keeps its value where the word is missing.
    void name(const std::string& placeholder, std::string& value);
    void required(const std::string& placeholder, std::string& value);
    void required(const std::string& placeholder, std::string& value, const std::vector<std::string>& choices);
    void names(const std::string& placeholder, std::vector<std::string>& values);  // all the words that are no flags
    void number(const std::string& placeholder, std::optional<int>& value);

    void flag(const std::string& flag, bool& value);
    void text(const std::string& flag, const std::string& placeholder, std::string& value);
    void count(const std::string& flag, int& value);  // from 1 to a million

    void never_both(const std::string& one, const std::string& other);

    // Sets the variables. Throws UsageError, which says what is wrong and what is right.
    void parse(int argc, char** argv);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};
