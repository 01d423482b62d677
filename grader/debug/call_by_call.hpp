// A program's main thread, let go from one moment of a system call to the next.
//
// A signal that comes between a program's look and its sleep is not heard, and no machine is slow enough to make it
// come there by itself. So main stands still (ptrace(2)) in front of a call, inside it or behind it; meanwhile
// everybody else moves as the criterion likes: a child ends, and its signal is there when main goes on.
//
//   Program program(executable, {"Alice"}, {.policy = {.hold_start = true}});
//   CallByCall main(program);
//   main.settle();                     // at full speed until nobody goes on without the grader
//   program.wake(program.asleep()[0]);
//   while (main.next()) {}             // moment by moment until it sleeps again
//
// In front of a call is not at its entry: a call that begins while a signal waits returns at once, and does not sleep.
// So whoever has come to a call's entry is put in front of it again.
//
// Not thread-safe, and to be gone before the Program is.
#pragma once

#include <functional>
#include <optional>

#include "grader/debug/code.hpp"
#include "grader/stage/program.hpp"

enum class Moment {
    in_front,
    inside,   // come to its entry: a signal that comes now makes it return in a way that only the stage knows
    behind,   // before the library has looked at what it returned
    own_code  // behind one that failed, where the program's own code goes on, and errno says why
};

class CallByCall {
  public:
    // The program is held at its start. Throws std::runtime_error where it cannot be traced.
    explicit CallByCall(Program& program);
    ~CallByCall() { let_go(); }
    CallByCall(const CallByCall&) = delete;
    CallByCall& operator=(const CallByCall&) = delete;

    // All moments passed at full speed, until it sleeps or has ended, or stands behind a call and `until` is true:
    // then nobody has settled but main. Spinning where it makes call after call and never sleeps.
    Rest settle(const std::function<bool()>& until = {});
    pid_t thread() const { return thread_; }
    bool stands_still() const { return state_ == State::still; }

    // Where it stands still, or stood still last.
    Moment moment() const { return moment_; }

    // On to its next moment. None where it sleeps, and so does everybody else, or where it has ended. One that slept
    // and was woken stands behind its call.
    std::optional<Moment> next();

    void let_go();  // from where it is, and for good

  private:
    enum class State { still, moving, gone };

    bool take_stop(int how);
    bool wait_for_stop();
    void resume(int request);
    bool at_entry();
    void put_in_front();
    std::optional<Moment> to_call();
    std::optional<Moment> to_own_code();

    Program& program_;
    pid_t thread_ = 0;
    bool own_child_ = false;  // where no container stands between: whoever started it is to be told how it ended
    State state_ = State::moving;
    Rest rest_ = Rest::standstill;  // where it does not stand still for us
    Moment moment_ = Moment::own_code;
    bool at_call_ = false;  // stands still at a call's entry or its end
    long call_ = -1;        // that it was inside last, or is
    int signal_ = 0;        // to deliver when it goes on
    Code code_;
};
