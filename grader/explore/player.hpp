// A program that was built to be played (Flavour::explored), and one order of its steps after the other.
//
// In such a program one thread has the turn, and all others stand still in front of their next step: a lock, a notify, an
// atomic access, a thread's beginning or end. So an order is a list of choices, and the same choices give the same run.
// The program is started once; each order is a copy of it (fork), made before main begins.
//
// Not thread-safe: one at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "grader/contain/child.hpp"
#include "grader/explore/shared_order.hpp"
#include "grader/proc/tasks.hpp"
#include "support/descriptor.hpp"

namespace explore {

using Choices = std::vector<std::uint8_t>;

class Player {
  public:
    // Throws std::runtime_error where the grader itself cannot start it.
    Player(const std::filesystem::path& executable, const std::vector<std::string>& arguments);
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    // Until the program ends. These choices come first, then what happens by itself. Where it waits for something that
    // is not played, such as a pipe, that is proven, the order says so (End::not_played), and the program is killed.
    // Throws std::runtime_error where the program's server is gone.
    void play(const Choices& choices);

    // An order by chance, about as long as `steps`: a mistake that needs changes + 1 ordered steps shows with a probability
    // that runtime/priorities.hpp tells. The same seed, which is not 0, gives the same order.
    void play_by_chance(std::uint64_t seed, std::uint32_t steps, std::uint32_t changes);

    // The same, and no further than to the first choice that is not among these: End::halted. It is the last point.
    void play_up_to(const Choices& choices);

    // Of the last order.
    const SharedOrder& order() const { return *order_; }
    const Ending& ending() const { return ending_; }
    const std::string& output() const { return output_; }
    Choices choices() const;  // that were made
    int taken() const;        // turns taken among them
    const std::filesystem::path& executable() const { return executable_; }

    void prune(bool states_seen_before);  // from now on; forgets those seen so far

  private:
    bool answers();
    void play_to(const Choices& choices, bool halt);
    void end_standstill(const std::vector<Task>& tasks);

    const std::filesystem::path executable_;
    std::unique_ptr<Child> server_;
    Descriptor socket_, memory_, written_;
    SharedOrder* order_ = nullptr;
    Ending ending_;
    std::string output_;
};

}  // namespace explore
