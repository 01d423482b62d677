// How far a class is, on stderr: one line that is written again and again on a terminal; elsewhere a line now and then,
// and none where all is done soon.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

// Safe to use from several threads.
class Progress {
  public:
    // "graded", "read": what is done to each of so many.
    Progress(std::string done, std::size_t all);
    ~Progress();  // leaves nothing on the terminal's line

    void one_more(const std::string& what);  // the one that was done last

  private:
    std::string left() const;  // ", 4 min left", as far as one can know; or ""

    const std::string done_;
    const std::size_t all_;
    const bool on_terminal_;
    const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::mutex critical_;
    std::size_t count_ = 0;
    std::chrono::steady_clock::time_point told_ = begin_;
};

// "40 s", "4 min", "1 h 20 min": rounded, for people.
std::string rounded_time(double seconds);
