// A counting program under the microscope, and what its lines ought to be: what the criteria of
// chapter 3 share. Whoever counts is told by what it does: it takes steps, and changes a counter.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bench/crew.hpp"

bool of_contention();  // the program under test is big_countdown_contention
std::string readme(int step);

inline const Words modes = {"private", "padded", "adjacent", "atomic", "mutex", "gil"};
constexpr std::size_t crew_size = 3;  // --threads, where it is no matter how many

// These arguments, and for contention this --sharing.
Words shared_as(const std::string& sharing, Words arguments);

// Arguments for more than is ever made step by step, and little for threads that run freely.
Words big_count(const std::string& sharing = "");
Words count_of(const std::string& count, const std::string& sharing = "");

// Sleeps and clocks are the machine's own here: what is measured is real.
Setting setting(const Policy& policy = {});

// How often a thread stepped each instruction of the program's own, by its place in the executable.
using Visits = std::map<Address, unsigned long>;

class Counting : public Crew {
  public:
    // `usual`: what threads do that have next to nothing to count.
    explicit Counting(const Words& arguments, Visits usual = {});

    // What each thread steps between the first birth and the end of the program; main's steps first, then in
    // order of birth.
    enum class MainAlone { stepped, let_run };  // once all others have ended
    std::vector<unsigned long> steps_to_the_end(MainAlone main_alone = MainAlone::stepped);
    const Visits& visits() const { return visits_; }  // then; of each instruction, the thread's that made most

    // Until there are crew_size threads, each of them seen to count, or to wait for one that does: it goes round
    // a loop far more often than is usual. Says what came instead, or "".
    std::string begin();

    // The same of the first thread that counts at all, which may be one alone, to measure by.
    std::string first_counts();

    // Moves others until one of them gives this thread what it waits for. False where they went round and
    // round, and none did.
    bool let_in(pid_t thread);

    // To just behind the next change of `word` by this thread. False where it makes none.
    bool advance(pid_t thread, Address word);

    // One instruction after the other, until `mover` lets a thread go on that was blocked: that
    // one, or 0 where mover changes `word` first, or nothing comes of it.
    pid_t wakes_somebody(pid_t mover, Address word);

    // What somebody else does while `holder` stands still behind a change of `word`: "" where all
    // others are blocked, or come to be.
    std::string not_excluded(pid_t holder, Address word);

    // Moves this thread, which has the lock, until it has given it back: `waiting`, which was blocked, or is when it
    // looks again, can go on by then. False where that sleeps on.
    bool passes_on(pid_t holder, pid_t waiting, Address word);

    // On until it has gone round a loop of its own many times, or stops before.
    Look go_round(pid_t thread, Until until = {});

    // Words outside the thread's own stack that it wrote when it went round. `counters`: those that
    // went down by 1, or up by 1, each time, now and at an earlier call. `shift`: steps more.
    struct Written {
        std::set<Address> all, counters;
        bool atomic = true;  // each change of a counter by one atomic instruction
    };
    Written written(pid_t thread, unsigned long shift = 0);

  private:
    Stop begin(pid_t thread);

    Visits usual_, visits_;
    std::map<pid_t, std::set<Address>> counters_;  // that each thread was seen to change
};

// A crew with a big count, each thread of it in the midst of its share or waiting for one that is; else
// `problem` says what came instead.
std::unique_ptr<Counting> counting_crew(const std::string& sharing, std::string& problem);

// What comes of a count that is 3, and of shares that are 1, in 32 bits: says how it was not begun, or "".
std::string too_big_for_it();
