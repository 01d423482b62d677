// A line on the terminal that says how far a program is, below the results that are printed meanwhile.
#pragma once

#include <string>

// Not thread-safe.
class ProgressLine {
  public:
    ProgressLine();

    // False where stderr is no terminal: show and hide do nothing then.
    bool is_on_terminal() const { return on_terminal_; }

    void show(const std::string& text) const;
    void hide() const;  // before a result is printed, and at the end

  private:
    const bool on_terminal_;
};
