// A program's threads, moved one at a time, an instruction at a time, while all others stand still.
//
// CPU-bound work cannot be judged by what a program waits for: it waits for nothing. So the grader
// does what a debugger does (ptrace). Every thread stands still from its birth on and is moved by
// the criterion alone: so many instructions of this one, then of that one. What each instruction
// did to memory is seen exactly, and is the same on an idle machine and on a loaded one.
//
//   Program program(executable, {"--count", "1M"}, {.policy = {.hold_start = true, .hold_sleeps = false}});
//   Microscope microscope(program);
//   while (microscope.run(microscope.main()) == Stop::birth) {}  // until main waits for somebody
//   const Look look = microscope.step(microscope.born()[0], 1'000);
//
// A thread inside a system call is the kernel's: it is let finish the call, and then stands still
// again; where the call blocks, the thread is said to be blocked and may be asked for later.
//
// A criterion asks for an event: the thread's next change of a word, its block, its end. How many steps it
// takes to get there is the machine's business: a thread's beginning and its end grow with what is installed.
// So a loop that goes round and round without that event is left at full speed (footprints.hpp).
// On arm64 a loop of ldxr and stxr never succeeds a step at a time; LSE atomics do.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/debug/code.hpp"
#include "grader/debug/footprints.hpp"
#include "grader/debug/instruction.hpp"
#include "grader/debug/memory_map.hpp"
#include "grader/stage/program.hpp"

enum class Stop {
    steps,    // made as many steps as it was to make, or came to where it was to
    call,     // stands in front of a system call that was asked for, or behind one
    change,   // a watched word has changed, and that was asked for
    birth,    // made a thread, which stands still
    blocked,  // in a system call, for somebody else to end
    ended,
    busy  // runs on and on, without an end in sight
};

// One instruction that changed a watched word of eight bytes.
struct Change {
    Address word = 0;
    std::uint64_t before = 0, after = 0;
    bool atomic = false;  // by an atomic read-modify-write
    std::int64_t difference() const { return static_cast<std::int64_t>(after - before); }
};

struct Look {
    Stop stop = Stop::steps;
    unsigned long steps = 0;
    unsigned long calls = 0;  // of the system, among the steps
    std::vector<Change> changes;
};

// More steps than any thread makes, its long loops left out: the patience with one that never gets to an event.
constexpr unsigned long patience_steps = 10'000'000;

// How far a thread is stepped: until it blocks, ends, is busy, or the first of these.
struct Until {
    unsigned long steps = patience_steps;
    std::vector<Address> watched = {};       // whose changes are told
    bool change = false;                     // behind the first instruction that changes a watched word
    bool call = false;                       // behind the first system call
    std::function<bool(Address)> here = {};  // in front of an instruction for which this is true; asked for each
                                             // one that is stepped, not for those that are passed at full speed
    Footprints* footprints = nullptr;        // of earlier steps, where loops go on from one move to the next
};

class Microscope {
  public:
    // The program is held at its start. Throws std::runtime_error where it cannot be looked at.
    explicit Microscope(Program& program);
    ~Microscope();  // lets it run on
    Microscope(const Microscope&) = delete;
    Microscope& operator=(const Microscope&) = delete;

    pid_t main() const { return program_.process(); }
    const std::vector<pid_t>& born() const { return born_; }  // all threads but main, in order of birth
    std::vector<pid_t> alive() const;                         // of those
    bool has_ended(pid_t thread) const;

    // Lets one thread run at full speed until it makes a thread, blocks or ends. One that blocked
    // stands still again when somebody has ended that. `calls`: stops in front of those as well.
    Stop run(pid_t thread, const std::vector<long>& calls = {});

    // One instruction after the other. What changes a watched word in a loop that is left at full speed counts
    // as one change, not an atomic one.
    Look step(pid_t thread, const Until& until);
    Look step(pid_t thread, unsigned long steps, const std::vector<Address>& watched = {}) {
        return step(thread, Until{.steps = steps, .watched = watched});
    }
    // To just behind the next change of one of these words.
    Look step_to_change(pid_t thread, const std::vector<Address>& watched) {
        return step(thread, Until{.watched = watched, .change = true});
    }

    // The same place in each run: where in the program's own executable this instruction is. None for a library's.
    std::optional<Address> place(Address instruction) { return code_.place(instruction); }
    bool atomic_at(Address instruction) { return is_atomic(code_.at(instruction)); }

    // True where it is in a system call and stays there.
    bool blocked(pid_t thread);

    // What a thread has stepped, ever.
    unsigned long steps(pid_t thread) const;

    // All writable memory that is in use, but for this thread's own stack. main's stack is in it for
    // main, too: what its threads share often stands there.
    using Memory = MemoryPages;
    Memory memory(pid_t thread) const;
    static std::vector<Address> changed(const Memory& before, const Memory& after) {
        return changed_words(before, after);
    }

  private:
    enum class State { still, in_call, gone };
    struct Thread {
        State state = State::in_call;  // until its first stop is seen
        unsigned long steps = 0;
        int signal = 0;     // to deliver with its next move
        Address stack = 0;  // somewhere in it
        Task seen_blocked;  // where it was, since its last move
    };

    bool take_stop(pid_t thread, bool& birth, int how);
    Stop wait_for_stop(pid_t thread);
    void resume(pid_t thread, bool one_step);
    void adopt(pid_t thread);
    Stop leave_loop(pid_t thread, const Footprints& footprints);

    Program& program_;
    pid_t own_child_ = -1;  // the program, where no container stands between
    std::map<pid_t, Thread> threads_;
    std::vector<pid_t> born_;
    Code code_;
};
