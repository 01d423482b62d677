// What happened in one order, row by row, as plain data: for pictures of it (picture.hpp).
//
// A row is a step that other threads can notice, or several of one thread that none of the others could tell apart.
#pragma once

#include <string>
#include <vector>

#include "grader/explore/explorer.hpp"
#include "grader/explore/names.hpp"
#include "grader/explore/player.hpp"

namespace explore {

// How a thread stands after a row.
struct Lane {
    bool is_there = false;
    bool waits = false;  // it cannot go on: it sleeps, or a lock or a thread that it wants is not free
    bool holds = false;  // a lock
};

// How much a row tells: a short picture keeps those that tell most.
enum class Weight { none, some, much, key };

struct Row {
    int thread = 0;
    std::string what;      // "waits, and gives the lock back"
    int line = 0;          // of the exercise's source; 0: not known
    std::string code;      // that line, without its indentation
    int steps = 1;         // 0: it makes none: it waits, or is held up
    bool held_up = false;  // it could go on, and the order moves another thread
    Weight weight = Weight::some;
    std::vector<int> reaches{};  // threads that it makes or wakes
    std::uint32_t first = 0;     // of its steps, counted from the beginning of the order
    bool decides = false;        // from here on every order breaks
    std::vector<Lane> lanes{};   // of all threads
};

struct History {
    Names threads;  // as the picture names them
    std::vector<Row> rows;
    std::string verdict;   // what is wrong, or how it ended
    std::string decision;  // in words, or ""
    std::string schedule;
};

struct Telling {
    std::string name;    // the exercise's
    std::string source;  // its text
    Names names{};
    std::string verdict{};
    Decision decision{};
};

// Of the order that the player played last.
History history_of(const Player& player, const Telling& telling);

// At most `most` rows: those that tell most, and the end; in the place of others one that counts their steps.
History shortened(const History& history, std::size_t most);

}  // namespace explore
