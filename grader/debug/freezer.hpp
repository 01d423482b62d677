// A thread of the program under test that computes, stopped wherever it is, and let go later.
//
// A thread that computes waits for nothing, so there is nothing to withhold from it. To see whether the
// others need it, it is made to stand still, as a debugger does (ptrace). Program::settle then waits for
// the others alone: whatever they can do without it, they do.
//
//   Freezer freezer(program);
//   freezer.mark();            // from here on it is looked who computes
//   ...
//   freezer.freeze_busiest();  // whoever has computed most, and still does
//   program.settle();          // the others go on, as far as they can
//   freezer.thaw();
//
// Not thread-safe, and to be gone before the Program is.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <vector>

#include "grader/stage/program.hpp"

class Freezer {
  public:
    explicit Freezer(const Program& program) : program_(program) {}
    ~Freezer() { thaw(); }
    Freezer(const Freezer&) = delete;
    Freezer& operator=(const Freezer&) = delete;

    void mark();

    // Stops the thread that has used most processor time since the mark, of those that are on a processor
    // or wait for one. False where there is none.
    bool freeze_busiest();
    void thaw(std::size_t but = 0);  // all of them, but so many that were stopped first
    const std::vector<pid_t>& frozen() const { return frozen_; }

  private:
    const Program& program_;
    std::map<pid_t, std::chrono::nanoseconds> marked_;  // what each had computed then
    std::vector<pid_t> frozen_;
};

// The processor time, in seconds, that a process has used: all of its threads, those that ended too. 0
// where it is not there. Its precision is the scheduler's, far below a clock tick.
double processor_seconds_of(pid_t process);
