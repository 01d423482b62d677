// The program under test: started contained, put on the stage, watched to its end.
//
//   Program countdown{executable, {"--from", "3", "Alice", "Bob"}};
//   countdown.settle();                     // until nothing more can happen without the grader
//   countdown.wake(countdown.asleep()[0]);  // one sleeper goes on; the others stay asleep
//   countdown.settle();
//
// Between two calls of settle the program stands still: what it has printed, who sleeps, who
// waits for whom is then a fact, whatever the machine's speed. Its whole process tree is gone
// when the Program is.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/scratch.hpp"
#include "grader/network/client.hpp"
#include "grader/network/world.hpp"
#include "grader/proc/tasks.hpp"
#include "grader/stage/stage.hpp"

// Why nothing more happens.
enum class Rest {
    ended,       // the program has ended, and everything it started with it
    standstill,  // proven: everybody is held, or blocked on others who are
    spinning,    // a thread uses processor time and gets nowhere
    too_many,    // it was refused more processes or threads than any lesson needs: Stage::excess says how many
    impatient    // none of these, but nothing has happened for the whole of the patience
};

struct Setting {
    Child::Out out = Child::Out::terminal;
    Policy policy = {};
    bool pieces = false;                        // unbuffered stdout: each piece of a line is a write of its own
    bool sanitized = false;                     // fixed addresses and no limit on memory, as sanitizers need
    std::vector<std::string> environment = {};  // on top of the plain one
    std::vector<Shared> shared = {};            // files that it may read; place_of tells it where
    World* world = nullptr;                     // its network; none: there is nobody to ask
    Client* client = nullptr;                   // who calls it; none: nobody does
};

class Program {
  public:
    // Throws std::runtime_error where the grader itself cannot start it.
    Program(const std::filesystem::path& executable, const std::vector<std::string>& arguments,
            const Setting& setting = {});
    ~Program();

    // Throws std::runtime_error where its end is not its own: somebody killed the container.
    Rest settle();

    // For whoever moves its threads one by one (microscope.hpp) instead of letting it settle.
    bool pump();   // takes in whatever there is to take; true where there was anything
    void pause();  // a millisecond, or until there is something

    // Sleepers in the order in which they fell asleep.
    std::vector<Held> asleep() const { return stage_->held(Held::Kind::sleep); }
    void wake(const Held& held) { stage_->let_go(held); }

    std::vector<std::string> lines() const;  // whole lines on stdout, without their ends
    std::string unfinished() const;          // what stands behind the last whole line
    const std::string& output() const { return child_->out(); }
    const std::string& errors() const { return child_->errors(); }
    bool flooded() const { return child_->flooded(); }

    std::optional<Ending> ending();  // how the program itself ended
    pid_t process() const { return stage_->program(); }

    std::vector<Task> tasks() const;     // its threads, without the container's own
    std::vector<pid_t> zombies() const;  // ended, and waited for by nobody
    void signal(pid_t process, int number);

    // Everybody who is left, and what they wait for, in one sentence.
    std::string describe() const;

    Stage& stage() { return *stage_; }
    const Stage& stage() const { return *stage_; }

  private:
    void require_own_end();
    bool network_rests(const std::vector<Task>& now);
    bool only_spinners_run(const std::vector<Task>& now, const std::map<pid_t, unsigned long>& ticks_then,
                           double seconds) const;

    std::unique_ptr<Scratch> scratch_;  // where it works, where no container gives it a folder
    std::unique_ptr<Child> child_;
    std::unique_ptr<Stage> stage_;
    World* world_;
    Client* client_;
    bool spins_ = false;       // has been seen to
    bool impatient_ = false;   // the patience has run out once
    unsigned long calls_ = 0;  // answered since settle began
};

// "1.5 s", "250 ms"
std::string in_words(Nanoseconds duration);
