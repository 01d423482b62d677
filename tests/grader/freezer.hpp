// Threads of the program under test that compute, stopped wherever they are, and let go later.
//
// A thread that computes waits for nothing, so there is nothing to withhold from it. To see whether the
// others need it, it is made to stand still, as a debugger does (ptrace). Program::settle then waits for
// the others alone: whatever they can do without it, they do.
//
//   Freezer freezer(program);
//   freezer.freeze_running();  // whoever is on a processor, or waits for one
//   program.settle();          // the others go on, as far as they can
//   freezer.thaw();
//
// Not thread-safe, and to be gone before the Program is.
#pragma once

#include <sys/types.h>

#include <vector>

#include "grader/program.hpp"

class Freezer {
  public:
    explicit Freezer(const Program& program) : program_(program) {}
    ~Freezer() { thaw(); }
    Freezer(const Freezer&) = delete;
    Freezer& operator=(const Freezer&) = delete;

    // How many threads it has stopped. Those that are blocked are left alone.
    std::size_t freeze_running();
    void thaw(std::size_t but = 0);  // all of them, but so many that were stopped first
    const std::vector<pid_t>& frozen() const { return frozen_; }

  private:
    const Program& program_;
    std::vector<pid_t> frozen_;
};

// The processor time, in seconds, that a process has used: all of its threads, those that ended too. 0
// where it is gone. Its precision is the scheduler's, far below a clock tick.
double processor_seconds_of(pid_t process);
