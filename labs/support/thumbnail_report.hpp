// What the programs of chapter 6 print: a line for each picture, as it is done, and one for all of them. On a terminal,
// how far they are as well.
#pragma once

#include <cstddef>
#include <string>

#include "support/message.hpp"
#include "support/progress_line.hpp"
#include "support/stopwatch.hpp"

// Not thread-safe: for the one thread that reports.
class ThumbnailReport {
  public:
    explicit ThumbnailReport(std::size_t pictures);

    // "harbour_01: 800x600 -> 256x192"
    void add(const std::string& name, const Result& result);

    // Prints "41 of 42 pictures, 3.2 s", and returns the program's exit code: 0 if none failed.
    int finish();

  private:
    void show_progress() const;

    const std::size_t pictures_;
    const ProgressLine progress_;
    const Stopwatch watch_;
    std::size_t done_ = 0, failed_ = 0;
};
