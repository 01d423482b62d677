// A program under test on the bench: put on the stage, and moved on until a criterion has something to look at. What
// stands between the engine (grader/stage/program.hpp) and the criteria.
//
// A chapter derives its own bench, which knows how the program's command line is made, what it prints, and which of
// its threads are bystanders.
//
// Not thread-safe, as Program is not: one at a time in a criterion's process.
#pragma once

#include <string>
#include <vector>

#include "bench/criterion.hpp"
#include "bench/words.hpp"
#include "grader/stage/program.hpp"

class Bench {
  public:
    // Throws std::runtime_error where the grader itself cannot start it.
    explicit Bench(const Words& arguments, const Setting& setting = {}, Flavour flavour = Flavour::plain);
    virtual ~Bench() = default;

    Program program;

    // On to the next point where nobody goes on without the grader. Bystanders are let go for as long as that helps.
    virtual Rest settle();

    Words fresh_lines();  // printed since the last call

    // Who waits for whom, and whatever else makes clear why nothing more happens.
    virtual std::string situation() const { return program.describe(); }

    // Of a program that has settled: why it did not end with this exit code, or "". Where it hangs, the situation.
    std::string wrong_end(Rest rest, int exit_code = 0);

    // The same of a whole run, of whose lines it is known how they are wrong, or "". No line is without an end.
    std::string wrong_lines_or_end(const std::string& wrong_lines, Rest rest, int exit_code = 0);
    // Of a whole run that is to print these lines (lines.hpp).
    std::string wrong_finish(Rest rest, const Words& expected, int exit_code = 0);

    // Of a program that is to do nothing now but wait, and why it does: how it does not, or "".
    std::string does_not_wait(Rest rest, const std::string& when);

  protected:
    // How settle takes its single steps.
    virtual Rest settle_once() { return program.settle(); }
    // Threads that are held by the grader, and stand between the program and what is to be seen: a main thread that
    // looks again now and then, a sanitizer's own one. By default nobody.
    virtual std::vector<Held> bystanders() const { return {}; }
    // Numbers of which one changes whenever letting bystanders go has helped, and how often in a row it may not: one
    // may look at several things in turn.
    virtual std::vector<std::size_t> progress() const { return {program.output().size()}; }
    virtual int most_looks() const { return 3; }
    // How these lines are not as expected, or "": by default in any order.
    virtual std::string wrong_lines(const Words& lines, const Words& expected) const;

    std::string last_line() const;  // in words

  private:
    std::size_t seen_lines_ = 0;
};
