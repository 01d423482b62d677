// What may happen at any moment: between a parent's look and its sleep as well as before the one and in the other. Each
// moment of a stretch of its main thread (grader/debug/call_by_call.hpp) is tried once, in a run of its own:
//
//   std::string ends_after_another(MomentOf& moment) {
//       Countdown countdown({}, held_at_start);
//       CallByCall parent(countdown.program);
//       parent.settle();                              // to where the stretch begins
//       countdown.program.wake(...);                  // what begins it
//       if (!moment.reach(parent)) return "";
//       ...                                           // what happens while the parent stands still
//       parent.let_go();
//       return countdown.wrong_finish(countdown.run());
//   }
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/debug/call_by_call.hpp"

// For CallByCall. Sleeps are held, too.
extern const Setting held_at_start;

// Whether a program's main thread handles a signal now, or blocks one.
bool hears_signals(const Program& program);

class MomentOf {
  public:
    explicit MomentOf(std::size_t number) : number_(number) {}

    // On to the moment that is sought. False where the stretch has fewer. A parent that never sleeps comes to no end of
    // it: thousands of moments are enough, and that it spins is another criterion's business.
    bool reach(CallByCall& main);
    std::size_t passed() const { return passed_; }

  private:
    static bool counts(const CallByCall& main);

    std::size_t number_, passed_ = 0;
};

struct Happening {
    std::string what;                           // "a child ended while the parent started"
    bool by_signal;                             // matters to whoever hears signals alone
    std::function<std::string(MomentOf&)> run;  // what is wrong when it happens at this moment, or ""
};

struct Moments {
    std::string problem;  // at the first moment that has one, or ""
    std::size_t tried = 0;
};
Moments at_each_moment(bool hears, const std::vector<Happening>& happenings);

// "hears a child's end at any moment"
void judge_moments(const Moments& moments, const std::string& read);
