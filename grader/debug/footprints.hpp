// Where a thread has been, instruction by instruction: how long loops are told, and where they are left.
//
// A program has few instructions and makes many steps: many steps are loops. An instruction that was stepped
// `often` times since anything worth seeing happened is worn; a thread that stands on a worn one may run at full
// speed to the next that is not. It comes there by a jump that is not taken as usual, or back from a function.
#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "grader/debug/instruction.hpp"

class Footprints {
  public:
    // It was moved otherwise meanwhile: the next instruction does not follow from the last one.
    void lift() { last_ = 0; }

    // The thread stands in front of this instruction. `code`: longest_instruction bytes of it.
    void stand_on(Address instruction, const unsigned char* code);
    bool worn(Address instruction) const;

    // The instruction just stepped was a call of a function that returns there.
    void will_return_to(Address address) { returns_.insert(address); }

    // Something worth seeing has happened: loops that it is in are none to be left.
    void forget() { ++era_; }

    // Instructions that are not worn, and that worn ones or functions may lead to.
    std::vector<Address> exits() const;

  private:
    struct Print {
        unsigned long times = 0, era = 0;
        std::set<Address> next;
    };
    std::unordered_map<Address, Print> prints_;
    std::set<Address> returns_;
    Address last_ = 0;
    unsigned long era_ = 0;
};
